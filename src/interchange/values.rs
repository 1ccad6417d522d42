//! The values of other programs in the forms of a record: dates, texts, addresses.
//!
//! Nothing is invented: what cannot be read is left to the person.

use std::sync::LazyLock;

use htmd::HtmlToMarkdown;
use htmd::options::{BulletListMarker, Options};
use regex::Regex;

use crate::language::date_patterns::month_names;
use crate::markdown::{Context, plain_text, survey};
use crate::record::links::external::external;
use crate::record::model::date::Date;

/// When something was, as far as a text says it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct When {
    /// The first day.
    pub start: Option<Date>,
    /// The last day.
    pub end: Option<Date>,
    /// Whether it goes on.
    pub present: bool,
    /// The only day.
    pub date: Option<Date>,
    /// Words to print in place of the dates, where they are not exact dates: `Fall 2023`.
    pub wording: Option<String>,
}

/// Words that stand for an end that has not come, in small letters.
const PRESENT: [&str; 36] = [
    "present",
    "now",
    "current",
    "currently",
    "ongoing",
    "today",
    "to date",
    "till date",
    "heute",
    "aktuell",
    "jetzt",
    "laufend",
    "至今",
    "现在",
    "現在",
    "至今為止",
    "현재",
    "재직 중",
    "재직중",
    "진행 중",
    "présent",
    "aujourd'hui",
    "actuel",
    "actualidad",
    "actualmente",
    "presente",
    "oggi",
    "in corso",
    "atual",
    "heden",
    "nu",
    "nå",
    "obecnie",
    "настоящее время",
    "по настоящее время",
    "günümüz",
];

/// Languages whose names of months are read. Where two mean other months by a name, the first counts.
const LANGUAGES: [&str; 22] = [
    "en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "fi", "pl", "cs", "hu", "ro", "tr",
    "id", "ru", "uk", "el", "hr", "ca",
];

/// The names of months of each of them.
static NAMES: LazyLock<Vec<Vec<(String, u32)>>> =
    LazyLock::new(|| LANGUAGES.iter().map(|language| month_names(language)).collect());

#[expect(clippy::expect_used, reason = "the expressions are constants that the tests use")]
fn expression(text: &str) -> Regex {
    Regex::new(text).expect("a regular expression")
}

/// Whether a text says that something goes on.
fn is_present(text: &str) -> bool {
    PRESENT.contains(&text.trim().trim_end_matches('.').to_lowercase().as_str())
}

/// The month that a word names, whole, inflected or cut short: `styczeń`, `stycznia`, `sty`.
fn month(word: &str) -> Option<u32> {
    let word = word.trim_matches('.').to_lowercase();
    let whole = NAMES.iter().flatten().find(|(name, _)| *name == word);
    whole.map(|(_, month)| *month).or_else(|| {
        let stem: String = word.chars().take(4).collect();
        let in_language = |names: &Vec<(String, u32)>| {
            let mut months =
                names.iter().filter(|(name, _)| name.starts_with(&stem)).map(|(_, month)| *month);
            let first = months.next().filter(|_| stem.chars().count() >= 3)?;
            months.all(|month| month == first).then_some(first)
        };
        NAMES.iter().find_map(in_language)
    })
}

/// A date that a text spells: in a form of the record, as a time of ISO 8601, as eight digits, or with
/// the name of a month.
pub fn day(text: &str) -> Option<Date> {
    static TIME: LazyLock<Regex> = LazyLock::new(|| expression(r"^(\d{4}-\d\d-\d\d)[T ]\d\d:.*$"));
    static DIGITS: LazyLock<Regex> = LazyLock::new(|| expression(r"^([12]\d{3})(\d\d)(\d\d)$"));
    static TURNED: LazyLock<Regex> =
        LazyLock::new(|| expression(r"^(\d{1,2})[-./](\d{1,2})[-./]([12]\d{3})$"));
    let text = text.trim().trim_matches(['(', ')']);
    let text = TIME.replace(text, "$1");
    let text = DIGITS.replace(&text, "$1-$2-$3");
    if let Ok(date) = Date::parse(&text) {
        return Some(date);
    }
    if let Some(found) = TURNED.captures(&text) {
        let date = |month, day| Date::parse(&format!("{}-{month}-{day}", &found[3])).ok();
        // Which of the two is the month is clear only where the other cannot be.
        return match (date(&found[1], &found[2]), date(&found[2], &found[1])) {
            (Some(one), Some(other)) if one != other => None,
            (one, other) => one.or(other),
        };
    }
    let (mut year, mut named, mut in_month) = (None, None, None);
    for word in text.split([' ', ',', '/', '-', '\u{a0}']).filter(|word| !word.is_empty()) {
        match word.trim_end_matches(['.', 'º', '°']) {
            "de" | "del" | "of" | "г" | "р" | "d" => {}
            digits if digits.len() == 4 && digits.parse::<u32>().is_ok() && year.is_none() => {
                year = Some(digits.to_owned());
            }
            digits if digits.len() <= 2 && digits.parse::<u32>().is_ok() && in_month.is_none() => {
                in_month = Some(digits.to_owned());
            }
            word if named.is_none() => named = Some(month(word)?),
            _ => return None,
        }
    }
    let (year, named) = (year?, named?);
    let day = in_month.map(|day| format!("-{day}")).unwrap_or_default();
    Date::parse(&format!("{year}-{named}{day}")).ok()
}

/// The date of a year, a month by its number or its name, and a day.
pub fn date_of_parts(parts: &[&str]) -> Option<Date> {
    let (year, rest) = parts.split_first()?;
    let mut text = (*year).to_owned();
    if let Some((named, days)) = rest.split_first() {
        let named = named.parse::<u32>().ok().or_else(|| month(named))?;
        text += &format!("-{named}");
        days.iter().for_each(|day| text += &format!("-{day}"));
    }
    Date::parse(&text).ok()
}

/// The two sides of a text that spells a period.
fn sides(text: &str) -> Option<(&str, &str)> {
    let between =
        ["–", "—", "~", " - ", " to ", " bis ", " until ", " au ", " à ", " a ", "至", "-"];
    let good = |side: &str| day(side).is_some() || is_present(side);
    let splits = between.iter().flat_map(|sign| text.match_indices(sign));
    let sides = splits.map(|(at, sign)| (&text[..at], &text[at + sign.len()..]));
    sides.into_iter().find(|(start, end)| day(start).is_some() && good(end))
}

/// What one text says of when something was.
pub fn when(text: &str) -> Option<When> {
    static EXPECTED: LazyLock<Regex> = LazyLock::new(|| {
        expression(
            r"(?i)^(expected|anticipated|voraussichtlich|prévu)[: ]+(in )?|[ ,(]*(expected|anticipated|예정)\)?$",
        )
    });
    static SINCE: LazyLock<Regex> = LazyLock::new(|| {
        expression(r"(?i)^(since|from|seit|depuis|desde|ab) (.+)$|^(.+?) ?(부터|[–—~-])$")
    });
    static YEAR: LazyLock<Regex> = LazyLock::new(|| expression(r"\b(1[89]|20)\d\d\b"));
    let text = text.trim();
    if is_present(text) {
        return Some(When { present: true, ..When::default() });
    }
    let date = day(text).or_else(|| day(EXPECTED.replace_all(text, "").as_ref()));
    if date.is_some() {
        return Some(When { date, ..When::default() });
    }
    if let Some((start, end)) = sides(text) {
        return Some(When {
            start: day(start),
            end: day(end),
            present: is_present(end),
            ..When::default()
        });
    }
    if let Some(found) = SINCE.captures(text)
        && let Some(start) = found.get(2).or(found.get(3)).and_then(|start| day(start.as_str()))
    {
        return Some(When { start: Some(start), ..When::default() });
    }
    // `Fall 2023`, `WS 2019/20`: the words are printed, and the year puts them in order.
    let year = YEAR.find(text).and_then(|year| Date::parse(year.as_str()).ok())?;
    (text.chars().count() <= 40).then(|| When {
        date: Some(year),
        wording: Some(text.to_owned()),
        ..When::default()
    })
}

/// Tags of HTML that text fields of other programs hold.
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    expression(
        r"(?i)</?(p|br|b|i|u|s|em|strong|a|ul|ol|li|div|span|h[1-6]|code|pre|sup|sub|blockquote|table|tr|td|th|hr|small|font)(\s[^<>]*)?/?>",
    )
});

/// Markdown out of a text that may hold HTML.
pub fn markdown(text: &str) -> String {
    static HIDDEN: LazyLock<Regex> =
        LazyLock::new(|| expression(r"(?i)&(shy|zwnj|zwj|lrm|rlm|#8203|#xad|#173|#x200b);"));
    let text = HIDDEN.replace_all(text, "");
    if !TAG.is_match(&text) {
        return text.trim().to_owned();
    }
    // Brackets are words in HTML: links of Markdown between its tags become links of HTML.
    static LINK: LazyLock<Regex> =
        LazyLock::new(|| expression(r#"\[([^\[\]]+)\]\(((?:https?://|mailto:)[^\s()<>"]+)\)"#));
    let text = LINK.replace_all(&text, r#"<a href="$2">$1</a>"#);
    let options = Options {
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    let converter =
        HtmlToMarkdown::builder().options(options).skip_tags(vec!["script", "style"]).build();
    converter.convert(&text).map_or_else(|_| text.to_string(), |text| text.trim().to_owned())
}

/// A text for a field without Markdown: one line, without markup; and the addresses of the links that
/// were in it.
pub fn plain(text: &str) -> (String, Vec<String>) {
    let text = markdown(text);
    let survey = survey(&text, Context::Inline);
    // Bare addresses are words already.
    let links = survey.links.iter().filter(|link| !link.url.ends_with(&link.text));
    let links = links.map(|link| link.url.clone()).collect();
    let words = plain_text(&text, Context::Inline);
    (words.split_whitespace().collect::<Vec<_>>().join(" "), links)
}

/// A short text in Markdown: without the sign of a bullet before it.
pub fn inline(text: &str) -> String {
    let text = markdown(text);
    let rest = text.strip_prefix(['•', '‣', '▪', '◦', '●', '·']);
    let rest = rest.or_else(|| text.strip_prefix("- ").filter(|rest| !rest.contains("\n")));
    rest.unwrap_or(&text).trim().to_owned()
}

/// The paragraphs of a text, and the items of its lists with what is nested in each.
pub fn paragraphs_and_items(text: &str) -> (String, Vec<String>) {
    let text = markdown(text);
    let (mut paragraphs, mut items): (String, Vec<String>) = (String::new(), Vec::new());
    let (mut inside, mut number) = (false, 0);
    for line in text.lines() {
        let words = line.trim_start();
        let nested = line.len() > words.len();
        let item = ["- ", "* ", "• ", "•", "+ "].iter().find_map(|sign| words.strip_prefix(sign));
        // Items are numbered from 1: another number at the start of a line is a word.
        let mut numbers = [number + 1, 1].into_iter().filter(|_| !nested);
        let next = numbers.find_map(|at| Some((at, words.strip_prefix(&format!("{at}. "))?)));
        number = next.map_or(number, |(at, _)| at);
        let item = item.or(next.map(|(_, item)| item));
        match item {
            Some(item) if !nested || items.is_empty() => {
                items.push(item.trim().to_owned());
                inside = true;
            }
            _ if inside && (nested || item.is_some()) => {
                if let Some(last) = items.last_mut() {
                    *last += &format!("\n{line}");
                }
            }
            _ if inside && words.is_empty() => {}
            _ => {
                inside = false;
                paragraphs += &format!("{line}\n");
            }
        }
    }
    (paragraphs.trim().to_owned(), items)
}

/// An address with its scheme, where a reader can be sent there.
pub fn address(text: &str) -> Option<String> {
    static HOST: LazyLock<Regex> =
        LazyLock::new(|| expression(r"(?i)^[^\s/@:]+\.[^\s/@:]{2,}(/\S*)?$"));
    let text = match text.trim() {
        text if text.starts_with(['[', '<']) => {
            let links = survey(&markdown(text), Context::Inline).links.clone();
            links.into_iter().next()?.url
        }
        text => text.to_owned(),
    };
    let text = match () {
        () if text.contains("://") || text.starts_with("mailto:") => text,
        () if text.starts_with("//") => format!("https:{text}"),
        () if HOST.is_match(&text) => format!("https://{text}"),
        () => return None,
    };
    external(&text).is_ok().then_some(text)
}

/// The addresses of accounts: a network in small letters without blanks, and what stands before the name
/// of the account.
const NETWORKS: [(&str, &str); 22] = [
    ("linkedin", "https://www.linkedin.com/in/"),
    ("github", "https://github.com/"),
    ("gitlab", "https://gitlab.com/"),
    ("bitbucket", "https://bitbucket.org/"),
    ("twitter", "https://x.com/"),
    ("x", "https://x.com/"),
    ("stackoverflow", "https://stackoverflow.com/users/"),
    ("facebook", "https://www.facebook.com/"),
    ("instagram", "https://www.instagram.com/"),
    ("imdb", "https://www.imdb.com/name/"),
    ("orcid", "https://orcid.org/"),
    ("researchgate", "https://www.researchgate.net/profile/"),
    ("youtube", "https://www.youtube.com/@"),
    ("googlescholar", "https://scholar.google.com/citations?user="),
    ("telegram", "https://t.me/"),
    ("leetcode", "https://leetcode.com/u/"),
    ("medium", "https://medium.com/@"),
    ("dribbble", "https://dribbble.com/"),
    ("behance", "https://www.behance.net/"),
    ("kaggle", "https://www.kaggle.com/"),
    ("reddit", "https://www.reddit.com/user/"),
    ("codepen", "https://codepen.io/"),
];

/// The address of an account in a network.
pub fn account(network: &str, username: &str) -> Option<String> {
    let network: String = network.to_lowercase().split_whitespace().collect();
    if let Some((user, host)) = username.trim_start_matches('@').split_once('@')
        && network == "mastodon"
    {
        return address(&format!("https://{host}/@{user}"));
    }
    let (_, before) = NETWORKS.iter().find(|(name, _)| *name == network)?;
    address(&format!("{before}{}", username.trim_start_matches('@').trim_start_matches('/')))
}

/// The host of an address without `www.`, for a link whose network has no name.
pub fn host(address: &str) -> Option<&str> {
    let host = address.split_once("://")?.1.split(['/', '?', '#']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

#[cfg(test)]
mod tests {
    use super::{account, address, day, inline, paragraphs_and_items, plain, when};

    #[test]
    fn dates_of_other_programs_are_read() {
        for (text, date) in [
            ("Jan 2020", "2020-01"),
            ("2020-01-31T12:00:00.000Z", "2020-01-31"),
            ("2020.1", "2020-01"),
            ("20200131", "2020-01-31"),
            ("31/01/2020", "2020-01-31"),
            ("01/31/2020", "2020-01-31"),
            ("01/2020", "2020-01"),
            ("März 2019", "2019-03"),
            ("déc. 2018", "2018-12"),
            ("15 de junio de 2021", "2021-06-15"),
            ("stycznia 2020", "2020-01"),
            ("2020年6月", "2020-06"),
            ("2020년 6월", "2020-06"),
            ("June 30, 2021", "2021-06-30"),
        ] {
            assert_eq!(day(text).map(|date| date.to_string()).as_deref(), Some(date), "{text}");
        }
        for text in ["03/04/2020", "soon", "Fall 2023", "2020-13", "Jan 20", ""] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn periods_and_seasons_are_read() {
        let said = |text: &str| {
            let when = when(text)?;
            let date = |date: Option<super::Date>| date.map(|date| date.to_string());
            Some((date(when.start), date(when.end), when.present, date(when.date), when.wording))
        };
        let some = |text: &str| Some(text.to_owned());
        let period = Some((some("2018-01"), some("2020-02"), false, None, None));
        assert_eq!(said("Jan 2018 – Feb 2020"), period);
        assert_eq!(said("2018-01 to 2020-02"), period);
        let open = Some((some("2018"), None, true, None, None));
        for text in ["2018 - Present", "2018 – heute", "2018 ~ 현재", "2018-now", "2018 - 至今"]
        {
            assert_eq!(said(text), open, "{text}");
        }
        assert_eq!(said("2018-2020"), Some((some("2018"), some("2020"), false, None, None)));
        assert_eq!(said("since 2018"), Some((some("2018"), None, false, None, None)));
        assert_eq!(said("Expected May 2030"), Some((None, None, false, some("2030-05"), None)));
        let season = Some((None, None, false, some("2023"), some("Fall 2023")));
        assert_eq!(said("Fall 2023"), season);
        assert_eq!(said("a while ago"), None);
    }

    #[test]
    fn texts_lose_what_their_field_cannot_print() {
        let (words, links) = plain("<b>Company</b> &amp; [Sons](https://example.org)");
        assert_eq!(
            (words.as_str(), links),
            ("Company & Sons", vec!["https://example.org".to_owned()])
        );
        assert_eq!(plain("C# and F*").0, "C# and F*");
        assert_eq!(inline("• Cut <strong>costs</strong> by 5&nbsp;%"), "Cut **costs** by 5\u{a0}%");
        let (paragraphs, items) = paragraphs_and_items("Led a team.\n\n- One\n  - nested\n- Two\n");
        assert_eq!(
            (paragraphs.as_str(), items),
            ("Led a team.", vec!["One\n  - nested".to_owned(), "Two".to_owned()])
        );
        let (paragraphs, items) = paragraphs_and_items("Since\n2010. Then:\n1. One\n2. Two");
        assert_eq!(
            (paragraphs.as_str(), items),
            ("Since\n2010. Then:", vec!["One".to_owned(), "Two".to_owned()])
        );
        let (paragraphs, items) =
            paragraphs_and_items("<p>Led.</p><ul><li>One</li><li>Two</li></ul>");
        assert_eq!(
            (paragraphs.as_str(), items),
            ("Led.", vec!["One".to_owned(), "Two".to_owned()])
        );
    }

    #[test]
    fn addresses_get_what_they_lack() {
        assert_eq!(address("example.org/me").as_deref(), Some("https://example.org/me"));
        assert_eq!(address("http://localhost/x"), None);
        assert_eq!(address("not an address"), None);
        assert_eq!(account("GitHub", "@name").as_deref(), Some("https://github.com/name"));
        assert_eq!(
            account("Mastodon", "@name@example.org").as_deref(),
            Some("https://example.org/@name")
        );
    }
}
