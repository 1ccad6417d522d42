//! Addresses outside the record, judged by their form alone: of the web, of mail, of a telephone.
//!
//! Nothing here uses the network. This file must not know the record.

use std::net::{IpAddr, Ipv4Addr};

use crate::record::links::phone::dial;
use crate::record::links::target::{Dangling, Target};

/// Octets of the name before the `@` (RFC 5321, 4.5.3.1.1).
const MAILBOX_LIMIT: usize = 64;

/// An invalid address, and what to do about it.
fn malformed(hint: impl Into<String>) -> Dangling {
    Dangling::Malformed(hint.into())
}

/// Judges an address: its scheme (RFC 3986), its host and what readers' programs stumble over.
///
/// # Errors
/// Why a reader should not be sent there.
pub fn external(url: &str) -> Result<Target, Dangling> {
    let Some((scheme, rest)) = url.split_once(':') else { return Err(Dangling::Relative) };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if !is_scheme {
        return Err(Dangling::Relative);
    }
    let fits = |fits: bool, hint| if fits { Ok(()) } else { Err(malformed(hint)) };
    match scheme.to_ascii_lowercase().as_str() {
        "mailto" => {
            let address = rest.split('?').next().unwrap_or_default();
            fits(is_email(address), "write it as `mailto:name@example.org`")?;
        }
        "tel" => {
            let dialled = dial(rest).map_err(malformed)?;
            // Hyphens, points and parentheses may group the digits of an address (RFC 3966, 3).
            if dialled.strip_prefix("tel:") != Some(&rest.replace(['-', '.', '(', ')'], "")) {
                return Err(malformed(format!("write it as `{dialled}`")));
            }
        }
        "http" | "https" => {
            let rest = rest.strip_prefix("//");
            authority(rest.ok_or(malformed("two `/` follow the `:`"))?)?;
        }
        other => return Err(Dangling::Scheme(other.to_owned())),
    }
    whole(url)?;
    Ok(Target::External(url.to_owned()))
}

/// Refuses what programs read in different ways: blanks, backslashes, a `%` that encodes nothing.
///
/// # Errors
/// What to do about it.
pub fn whole(url: &str) -> Result<(), Dangling> {
    let hex = |at: usize| url.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
    if url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(malformed("write a blank as `%20`"));
    }
    if url.contains('\\') {
        return Err(malformed("write `/` for the backslash, or `%5C` if it is meant"));
    }
    if url.match_indices('%').any(|(at, _)| !hex(at + 1) || !hex(at + 2)) {
        return Err(malformed("write a `%` that is meant as `%25`"));
    }
    Ok(())
}

/// Judges what is between `//` and the path: no password, a valid port, a public host.
fn authority(rest: &str) -> Result<(), Dangling> {
    let authority = &rest[..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len())];
    if authority.contains('@') {
        return Err(malformed("leave out the name and password before the `@`"));
    }
    let (host, port) = match authority.strip_prefix('[') {
        Some(v6) => v6.split_once(']').unwrap_or((v6, "")),
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let port = port.strip_prefix(':').unwrap_or(port);
    if !port.is_empty() && !port.parse::<u16>().is_ok_and(|port| port > 0) {
        return Err(malformed("a port is a number from 1 to 65535"));
    }
    let host = host.to_ascii_lowercase();
    match host.as_str() {
        "" => Err(malformed("name the host, as in `https://example.org/`")),
        host if private(host) => Err(Dangling::Private(host.to_owned())),
        host if host.parse::<IpAddr>().is_ok() || is_host(host) => Ok(()),
        _ => Err(malformed("check the host for blanks and missing parts")),
    }
}

/// Whether a name of a host can exist (UTS #46) and is not an odd spelling of a number: programs
/// take `0x7f.1` for 127.0.0.1.
fn is_host(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    !last.starts_with(|c: char| c.is_ascii_digit()) && idna::domain_to_ascii_strict(host).is_ok()
}

/// Hosts that only the author's own machine or network reaches (RFC 6761, 1918, 3927, 4193, 6598).
fn private(host: &str) -> bool {
    let own = |v4: Ipv4Addr| {
        v4.is_loopback()
            || v4.is_private()
            || v4.is_link_local()
            || v4.octets()[0] == 0
            || v4.octets()[0] == 100 && v4.octets()[1] & 0xc0 == 64
    };
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(v4)) => own(v4),
        Ok(IpAddr::V6(v6)) => {
            v6.is_loopback()
                || v6.is_unspecified()
                || (v6.segments()[0] & 0xfe00) == 0xfc00
                || (v6.segments()[0] & 0xffc0) == 0xfe80
                || v6.to_ipv4_mapped().is_some_and(own)
        }
        Err(_) => {
            let last = host.rsplit('.').next().unwrap_or_default();
            matches!(last, "localhost" | "local" | "internal" | "test" | "invalid" | "lan")
                || !host.is_empty() && !host.contains(['.', ':'])
        }
    }
}

/// Whether mail can be sent to an address (RFC 5321, RFC 6531): a name, an `@`, a public host.
pub fn is_email(address: &str) -> bool {
    let Some((name, host)) = address.split_once('@') else { return false };
    let letter = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let atom = |atom: &str| !atom.is_empty() && atom.chars().all(letter);
    let host = host.to_lowercase();
    name.len() <= MAILBOX_LIMIT
        && name.split('.').all(atom)
        && host.contains('.')
        && !private(&host)
        && is_host(&host)
}

#[cfg(test)]
mod tests {
    use super::{Dangling, external, is_email, whole};

    #[test]
    fn only_public_addresses_are_links() {
        for url in [
            "https://naimy.ai/",
            "HTTPS://EXAMPLE.ORG:8443/a%20b?c#d",
            "https://한국.kr/길",
            "https://8.8.8.8/",
            "https://[2001:4860:4860::8888]:443/",
            "mailto:a@b.kr?subject=x",
            "tel:+82-2-123-4567",
        ] {
            assert!(external(url).is_ok(), "{url}: {:?}", external(url));
        }
        for url in [
            "http://localhost:46279/x",
            "https://10.0.0.1/",
            "http://nas/",
            "http://[::1]/",
            "http://[fe80::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://100.64.0.1/",
            "http://0.0.0.0/",
            "https://2130706433/",
        ] {
            assert!(matches!(external(url), Err(Dangling::Private(_))), "{url}");
        }
        assert_eq!(external("project/x-ray"), Err(Dangling::Relative));
        assert_eq!(external("file:///etc/passwd"), Err(Dangling::Scheme("file".into())));
        assert_eq!(external("javascript:alert(1)"), Err(Dangling::Scheme("javascript".into())));
        for url in [
            "https:///x",
            "https://a..kr/",
            "https://a_b.kr/",
            "https://-a.kr/",
            "https://user:word@example.org/",
            "https://example.org:99999/",
            "https://example.org:0/",
            "https://example.org:http/",
            "https://example.org\\@example.com",
            "https://example.org/100%",
            "https://example.org/a b",
            "http://127.1/",
            "http://0x7f.1/",
            "https://1.2.3.4.5/",
            "mailto:",
            "mailto:nobody",
            "tel:",
            "tel:now",
            "tel:+44(0)2079460018",
            "tel:+82/10-1234-5678",
        ] {
            assert!(matches!(external(url), Err(Dangling::Malformed(_))), "{url}");
        }
        assert!(whole("/a%20b/").is_ok() && whole("/a\tb").is_err());
    }

    #[test]
    fn mail_can_be_sent() {
        for good in ["a@b.kr", "first.last+tag@example.co.kr", "이름@한국.kr", "o'neil@example.org"]
        {
            assert!(is_email(good), "{good}");
        }
        let long = format!("{}@b.kr", "x".repeat(65));
        for bad in [
            "",
            "a",
            "@b.kr",
            "a@",
            "a@b",
            "a@@b.kr",
            "a@b.kr,c@d.kr",
            "a b@c.kr",
            ".a@b.kr",
            "a.@b.kr",
            "a..b@c.kr",
            "a@b..kr",
            "a@-b.kr",
            "a@127.0.0.1",
            "mailto:a@b.kr",
            "a@localhost",
            "a@b.local",
            "a@b.kr\n",
            "<a@b.kr>",
            &long,
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
