//! Writes `src/language/date_patterns.txt`: the dates of every language as patterns, from CLDR through ICU4X.
//!
//! It is a crate of its own because the formatter would change the features of crates that the engine
//! shares, and because the binary then holds patterns and none of the machinery.

use std::error::Error;

use icu_datetime::FixedCalendarDateTimeFormatter as Formatter;
use icu_datetime::fieldsets::{YM, YMD};
use icu_datetime::input::Date;
use icu_locale::Locale;

/// Tags whose dates differ from those of their language.
const REGIONS: [&str; 27] = [
    "ar-AE", "ar-DZ", "ar-IQ", "ar-JO", "ar-LB", "ar-MA", "ar-MR", "ar-PS", "ar-SA", "ar-SY",
    "ar-TN", "bs-Cyrl", "de-AT", "en-001", "en-AU", "en-CA", "en-IN", "en-ZA", "es-419", "es-MX",
    "es-US", "fr-CA", "fr-CH", "pt-PT", "sr-Latn", "uz-Cyrl", "zh-Hant",
];

/// A year and a day that no pattern has figures of, and a day of one figure.
const YEAR: i32 = 2222;
const DAYS: (u8, u8) = (27, 7);

fn main() -> Result<(), Box<dyn Error>> {
    let letters = || 'a'..='z';
    let pairs = letters().flat_map(|a| letters().map(move |b| format!("{a}{b}")));
    let pairs: Vec<String> = pairs.collect();
    let triples = pairs.iter().flat_map(|pair| letters().map(move |c| format!("{pair}{c}")));
    let languages = pairs.iter().cloned().chain(triples);
    let mut tags: Vec<String> = languages.chain(REGIONS.map(str::to_owned)).collect();
    tags.sort();
    for tag in tags {
        if let Some(forms) = forms(&tag)? {
            println!("{tag}\t{}", forms.join("\t"));
        }
    }
    Ok(())
}

/// Months and days of a language, short and long: twelve patterns each, with `|` between them. `{day}`
/// is a day in as many figures as it has, `{dd}` in two. `None` for a language that CLDR has no months of.
fn forms(tag: &str) -> Result<Option<[String; 4]>, Box<dyn Error>> {
    // Figures are the ones that the record has.
    let locale: Locale = format!("{tag}-u-nu-latn").parse()?;
    // CLDR 48 has `de` for `'de'` here, which its reader takes for a day and a weekday. The words of
    // Portugal are the same.
    let months = if tag == "pt" { "pt-PT-u-nu-latn".parse()? } else { locale.clone() };
    let long = Formatter::try_new(months.into(), YM::long())?;
    let patterns = |format: &dyn Fn(&Date<_>) -> String| -> Result<String, Box<dyn Error>> {
        let mut patterns = Vec::new();
        for month in 1..=12 {
            let written = |day| Date::try_new_gregorian(YEAR, month, day).map(|date| format(&date));
            let (date, short) = (written(DAYS.0)?, written(DAYS.1)?);
            let day = if date.len() == short.len() { "{dd}" } else { "{day}" };
            // CLDR 48 has the letter of the year of weeks in `gd` and `ki`, which ICU4X leaves as it is.
            let date = date.replace(&YEAR.to_string(), "{year}").replace("YYYY", "{year}");
            let date = match date.strip_suffix(" Y") {
                Some(month) => format!("{month} {{year}}"),
                None => date,
            };
            patterns.push(date.replace(&DAYS.0.to_string(), day));
        }
        Ok(patterns.join("|"))
    };
    let long_months = patterns(&|date| long.format(date).to_string())?;
    // The root's name of a month is its number.
    if long_months.contains("M01") {
        return Ok(None);
    }
    let short = Formatter::try_new(locale.clone().into(), YM::medium())?;
    let short_day = Formatter::try_new(locale.clone().into(), YMD::medium())?;
    let long_day = Formatter::try_new(locale.into(), YMD::long())?;
    Ok(Some([
        patterns(&|date| short.format(date).to_string())?,
        patterns(&|date| short_day.format(date).to_string())?,
        long_months,
        patterns(&|date| long_day.format(date).to_string())?,
    ]))
}
