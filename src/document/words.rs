//! The words of a document: those of its language, with its dates in the form that the record asks for.

use serde_json::{Map, Value, json};

use crate::language::date_patterns::patterns;
use crate::language::plural;
use crate::record::model::sections::SectionKind;
use crate::record::model::site::DateForm;

/// The words of a language.
pub type Words = Map<String, Value>;

/// The form of dates that a language is usually read in.
fn usual(words: &Words) -> DateForm {
    let form = words.get("dates").and_then(Value::as_str);
    let form = form.and_then(|form| DateForm::ALL.into_iter().find(|known| known.word() == form));
    form.unwrap_or(DateForm::Short)
}

/// The sections in the order of the language, as far as its words name one.
pub(super) fn sections(words: &Words) -> Vec<SectionKind> {
    let named = words.get("sections").and_then(Value::as_array).into_iter().flatten();
    named.filter_map(|name| SectionKind::of(name.as_str()?)).collect()
}

/// The words with `date` as templates read it: the pattern of a year, and twelve of months and of days.
pub(super) fn settled(words: &Words, language: &str, form: Option<DateForm>) -> Words {
    let form = form.unwrap_or_else(|| usual(words));
    let figures = |name: &str, otherwise: &str| {
        let pattern = words.get("date").and_then(|date| date.get(name)).and_then(Value::as_str);
        pattern.unwrap_or(otherwise).to_owned()
    };
    let in_figures = |month: &str, day: &str| {
        let of = |pattern: &str| -> Vec<String> {
            (1..=12).map(|at| pattern.replace("{month}", &format!("{at:02}"))).collect()
        };
        (of(month), of(&day.replace("{day}", "{dd}")))
    };
    let numeric =
        || in_figures(&figures("month", "{year}-{month}"), &figures("day", "{year}-{month}-{day}"));
    let year = figures("year", "{year}");
    let (year, (months, days)) = match form {
        DateForm::Numeric => (year, numeric()),
        DateForm::Iso => {
            ("{year}".to_owned(), in_figures("{year}-{month}", "{year}-{month}-{day}"))
        }
        DateForm::Dotted => {
            ("{year}".to_owned(), in_figures("{year}.{month}", "{year}.{month}.{day}"))
        }
        DateForm::Short | DateForm::Long => {
            let named = patterns(language, form == DateForm::Long).map(|found| {
                let owned = |patterns: Vec<&str>| patterns.into_iter().map(str::to_owned).collect();
                (owned(found.months), owned(found.days))
            });
            (year, named.unwrap_or_else(numeric))
        }
    };
    let mut words = words.clone();
    words.insert("date".to_owned(), json!({ "year": year, "month": months, "day": days }));
    words.remove("dates");
    words.remove("sections");
    words
}

/// So many months in words: `3 years 2 months`, years from twelve months on.
pub(super) fn duration(words: &Words, language: &str, months: u32) -> String {
    let count = |number: u32, unit: &str| {
        let forms = words.get("duration").and_then(|duration| duration.get(unit))?;
        let pattern = forms.get(plural::form(language, number)).or_else(|| forms.get("other"))?;
        (number > 0).then(|| Some(pattern.as_str()?.replace("{n}", &number.to_string())))?
    };
    let parts = [count(months / 12, "year"), count(months % 12, "month")];
    let joiner = words.get("duration").and_then(|duration| duration.get("joiner"));
    let joiner = joiner.and_then(Value::as_str).unwrap_or(" ");
    parts.into_iter().flatten().collect::<Vec<_>>().join(joiner)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Words, duration, settled};
    use crate::record::model::site::DateForm;

    fn words() -> Words {
        let words = json!({
            "dates": "numeric",
            "date": { "year": "{year}", "month": "{month}/{year}", "day": "{month}/{day}/{year}" },
            "duration": {
                "year": { "one": "{n} rok", "few": "{n} lata", "many": "{n} lat", "other": "{n} roku" },
                "month": { "one": "{n} miesiąc", "other": "{n} mies." },
            },
        });
        words.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn dates_take_the_form_that_is_asked_for() {
        let june = |language, form| {
            let date = &settled(&words(), language, form)["date"];
            [&date["month"][5], &date["day"][5]]
                .map(|pattern| pattern.as_str().unwrap_or_default().to_owned())
        };
        assert_eq!(june("en", None), ["06/{year}", "06/{dd}/{year}"]);
        assert_eq!(june("en", Some(DateForm::Short)), ["Jun {year}", "Jun {day}, {year}"]);
        assert_eq!(june("fr-CH", Some(DateForm::Long)), ["juin {year}", "{day} juin {year}"]);
        assert_eq!(june("en", Some(DateForm::Iso)), ["{year}-06", "{year}-06-{dd}"]);
        assert_eq!(june("en", Some(DateForm::Dotted)), ["{year}.06", "{year}.06.{dd}"]);
        // CLDR has no Klingon.
        assert_eq!(june("tlh", Some(DateForm::Long)), ["06/{year}", "06/{dd}/{year}"]);
    }

    #[test]
    fn durations_take_plural_forms() {
        let in_polish = |months| duration(&words(), "pl", months);
        assert_eq!(in_polish(13), "1 rok 1 miesiąc");
        assert_eq!(in_polish(24), "2 lata");
        assert_eq!(in_polish(65), "5 lat 5 mies.");
        assert_eq!(in_polish(0), "");
    }
}
