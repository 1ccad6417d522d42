//! Documents in every language there are words for: titles, dates, plural forms, the tag of the PDF.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::support::pdf::Pdf;
use crate::support::program::{folder, resume_in, root};
use crate::support::readers::reader;

/// A language, its title of the section of employments, and how it writes June 2020, what goes on, and
/// four years and six months.
type Language = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// The languages whose letters are in the built-in fonts.
const BUILT_IN: [Language; 25] = [
    ("ko", "경력", "2020.06", "현재", "4년 6개월"),
    ("ko-KP", "걸어온 길", "2020.06", "오늘까지", "4년 6개월"),
    ("en", "Experience", "Jun 2020", "present", "4 years 6 months"),
    ("en-GB", "Experience", "Jun 2020", "present", "4 years 6 months"),
    ("de", "Berufserfahrung", "06/2020", "heute", "4 Jahre 6 Monate"),
    ("fr", "Expérience professionnelle", "juin 2020", "aujourd’hui", "4 ans 6 mois"),
    ("es", "Experiencia profesional", "jun 2020", "actualidad", "4 años 6 meses"),
    ("pt-BR", "Experiência profissional", "jun. de 2020", "atual", "4 anos 6 meses"),
    ("pt-PT", "Experiência profissional", "06/2020", "presente", "4 anos 6 meses"),
    ("it", "Esperienza lavorativa", "giu 2020", "oggi", "4 anni 6 mesi"),
    ("nl", "Werkervaring", "jun 2020", "heden", "4 jaar 6 maanden"),
    ("sv", "Arbetslivserfarenhet", "juni 2020", "nu", "4 år 6 månader"),
    ("da", "Erhvervserfaring", "jun. 2020", "nu", "4 år 6 måneder"),
    ("nb", "Arbeidserfaring", "juni 2020", "nå", "4 år 6 måneder"),
    ("fi", "Työkokemus", "6.2020", "nykyinen", "4 vuotta 6 kuukautta"),
    ("pl", "Doświadczenie zawodowe", "cze 2020", "obecnie", "4 lata 6 miesięcy"),
    ("cs", "Pracovní zkušenosti", "6/2020", "dosud", "4 roky 6 měsíců"),
    ("hu", "Szakmai tapasztalat", "2020. 06.", "jelenleg", "4 év 6 hónap"),
    ("ro", "Experiență profesională", "iun. 2020", "prezent", "4 ani 6 luni"),
    ("tr", "İş Deneyimi", "Haz 2020", "halen", "4 yıl 6 ay"),
    ("vi", "Kinh nghiệm làm việc", "06/2020", "hiện tại", "4 năm 6 tháng"),
    ("id", "Pengalaman Kerja", "Jun 2020", "sekarang", "4 tahun 6 bulan"),
    ("ru", "Опыт работы", "06.2020", "настоящее время", "4 года 6 месяцев"),
    ("uk", "Досвід роботи", "06.2020", "дотепер", "4 роки 6 місяців"),
    ("el", "Επαγγελματική εμπειρία", "Ιουν 2020", "σήμερα", "4 έτη 6 μήνες"),
];

/// The languages that need other fonts.
const OTHER_FONTS: [Language; 6] = [
    ("ja", "職歴", "2020年6月", "現在", "4年6か月"),
    ("zh-Hans", "工作经历", "2020.06", "至今", "4年6个月"),
    ("zh-Hant", "工作經歷", "2020/06", "至今", "4年6個月"),
    ("ar", "الخبرة المهنية", "يونيو 2020", "حتى الآن", "4 سنوات و6 أشهر"),
    ("he", "ניסיון תעסוקתי", "יוני 2020", "היום", "4 שנים ו־6 חודשים"),
    ("hi", "कार्य अनुभव", "जून 2020", "वर्तमान", "4 वर्ष 6 माह"),
];

/// A record whose own words are figures and names, so that all others on its pages are the templates'.
fn record(language: &str) -> String {
    format!(
        "site: {{date: 2024-11-30, languages: [{language}]}}
profile: {{name: Qqq Xxx, email: q@xxx.kr}}
career:
  - {{id: a, organization: Wwww, positions: [{{title: Zzz, start: 2020-06, end: present}}]}}
  - {{id: b, kind: education, organization: Vvvv, positions: [{{title: Zzz, start: 2014-09, end: 2017-06}}]}}
  - {{id: c, kind: volunteering, organization: Uuuu, positions: [{{title: Zzz, start: 2013, end: 2014}}]}}
skills: [{{name: Kkk, skills: [Jjj]}}]
projects: [{{id: p, name: Pppp, summary: Yyy., outcome: Yyy., start: 2020-06, end: present}}]
languages: [{{language: Lll}}]
awards: [{{title: Mmm, date: 2019-05-12}}]
certificates: [{{name: Nnn, date: 2027-03}}]
publications: [{{name: Ooo, date: 2018-02}}]
interests: [{{name: Rrr}}]
references: [{{name: Sss}}]
"
    )
}

/// The words files by their tags.
fn files() -> BTreeMap<String, Map<String, Value>> {
    let files = std::fs::read_dir(root().join("templates/words")).unwrap();
    let read = |file: std::io::Result<std::fs::DirEntry>| {
        let path = file.unwrap().path();
        let words = serde_yaml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        (path.file_stem().unwrap().to_string_lossy().into_owned(), words)
    };
    files.map(read).collect()
}

/// The words of a file by the paths of their keys.
fn leaves(words: &Value, path: &str, found: &mut BTreeMap<String, String>) {
    match words {
        Value::String(text) => drop(found.insert(path.to_owned(), text.clone())),
        Value::Object(map) if !map.contains_key("other") => {
            map.iter().for_each(|(key, value)| leaves(value, &format!("{path}/{key}"), found));
        }
        other => drop(found.insert(path.to_owned(), other.to_string())),
    }
}

/// Keys whose words are no words of a language: forms and signs.
const FORMS: [&str; 9] = [
    "/dates",
    "/date/",
    "/range",
    "/years",
    "/page",
    "/location",
    "/duration/joiner",
    "/letter-form",
    "/diagram/",
];

#[test]
fn every_language_has_all_words_and_none_is_english() {
    let files = files();
    let of = |tag: &str| {
        let mut found = BTreeMap::new();
        leaves(&Value::Object(files[tag].clone()), "", &mut found);
        found
    };
    let english = of("en");
    // The same word in both languages.
    let same = [
        ("da", "/minutes"),
        ("da", "/summary"),
        ("de", "/open-source"),
        ("de", "/references"),
        ("fr", "/importance"),
        ("fr", "/minutes"),
        ("fr", "/publications"),
        ("ko", "/printed-from"),
        ("ko-KP", "/printed-from"),
    ];
    let partial = ["en", "en-001", "pt-PT"];
    for tag in files.keys().filter(|tag| !partial.contains(&tag.as_str())) {
        let own = of(tag);
        for (key, word) in &english {
            let translated = own.get(key);
            let translated = translated.unwrap_or_else(|| panic!("words/{tag}.yaml lacks {key}"));
            let form = FORMS.iter().any(|form| key.starts_with(form));
            let known =
                form || same.contains(&(tag, key)) || !word.chars().any(char::is_alphabetic);
            // `{n} min` is the international sign of a minute, `et al.` is Latin.
            let sign = word == "{n} min" || word == " et al.";
            assert!(
                known || sign || translated != word,
                "words/{tag}.yaml: {key} is English: {word}"
            );
        }
        let unknown: Vec<&String> = own.keys().filter(|key| !english.contains_key(*key)).collect();
        let own_band = |key: &&String| ["/heading-band", "/sections"].contains(&key.as_str());
        assert!(unknown.iter().all(own_band), "words/{tag}.yaml has {unknown:?}");
    }
}

/// The words of a page that are English in a document of another language.
fn assert_own(tag: &str, text: &str) {
    let english = [
        "Experience",
        "Education",
        "Volunteering",
        "Skills",
        "Awards",
        "Certificates",
        "Publications",
        "Interests",
        "References",
        "Languages",
        "expected",
        "present",
        "month",
        "year",
    ];
    let own =
        |word: &str| (tag, word) == ("fr", "Publications") || (tag, word) == ("pt-PT", "present");
    if !tag.starts_with("en") {
        for word in english {
            assert!(own(word) || !text.contains(word), "{tag}: `{word}` in {text}");
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn a_record_is_printed_in_the_words_of_its_language() {
    BUILT_IN.iter().for_each(|language| assert_printed(language, &[]));
}

#[test]
#[ignore = "needs poppler and the packages fonts-noto-core and fonts-noto-cjk"]
fn a_record_is_printed_in_other_scripts() {
    OTHER_FONTS.iter().for_each(|language| assert_printed(language, &["--system-fonts"]));
}

/// Asserts that a page has the words of its language and its tag.
fn assert_printed(&(tag, title, date, present, duration): &Language, flags: &[&str]) {
    let data = folder(&[("resume.yaml", &record(tag))]);
    let arguments = ["render", "--data", ".", "--format", "one-page", "--output", "out"];
    resume_in(data.path(), [&arguments, flags].concat(), &[]).exits(0);
    let file = data.path().join("out/one-page.pdf");
    let leftward = ["ar", "he"].contains(&tag);
    let order: &[&str] = if leftward { &[] } else { &["-raw"] };
    let text = reader("pdftotext", &[order, &["-enc", "UTF-8"]].concat(), &file);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts = regex::Regex::new(r"[\p{L}\p{M}]+|\d+").unwrap();
    for words in [title, date, present, duration] {
        if leftward {
            // Poppler puts blanks and figures of such lines elsewhere, and takes ligatures of lam apart.
            for part in parts.find_iter(words) {
                let part = part.as_str().replace("لآ", "آل").replace("لأ", "أل");
                assert!(text.contains(&part), "{tag}: no `{part}` in {text}");
            }
        } else {
            assert!(text.contains(words), "{tag}: no `{words}` in {text}");
        }
    }
    assert_own(tag, &text);
    let pdf = Pdf::read(&file);
    let language = pdf.catalog().get("Lang").expect("a language");
    assert_eq!(crate::support::pdf::text(&language), tag);
    assert!(pdf.xmp().contains(&format!("<dc:language><rdf:Bag><rdf:li>{tag}</rdf:li>")));
}

#[test]
fn a_script_without_a_font_is_one_error_that_says_how_to_get_one() {
    let summary = "summary: مرحبا بكم في الصفحة\n  headline: نص\n";
    let record = format!("site: {{languages: [en]}}\nprofile:\n  name: Qqq\n  {summary}");
    let data = folder(&[("resume.yaml", &record)]);
    let run = resume_in(data.path(), ["check", "--data", "."], &[]).exits(1);
    assert_eq!(run.stderr.matches("E040").count(), 1, "{}", run.stderr);
    run.says("no font has the letters of the script Arabic")
        .says("resume.yaml:4:12")
        .says("in 5 places")
        .says("fonts-noto-core")
        .says("--system-fonts")
        .says("--fonts FOLDER");
}

#[test]
fn a_language_without_words_is_printed_with_english_ones() {
    let data = folder(&[("resume.yaml", &record("sr-Latn"))]);
    let arguments = ["render", "--data", ".", "--format", "portfolio", "--as", "txt", "-o", "-"];
    let run = resume_in(data.path(), arguments, &[]).exits(0);
    let text = String::from_utf8(run.stdout.clone()).unwrap();
    assert!(text.contains("06.2020. – present"), "{text}");
    run.says("W051").says("no words for `sr-Latn`").says("words/sr-Latn.yaml");

    let mine = "present: sada\nduration: {year: {other: '{n} g.'}}\n";
    let data = folder(&[("resume.yaml", &record("sr-Latn")), ("mine/words/sr-Latn.yaml", mine)]);
    let arguments = arguments.into_iter().chain(["--templates", "mine"]);
    let run = resume_in(data.path(), arguments, &[]).exits(0);
    let text = String::from_utf8(run.stdout.clone()).unwrap();
    assert!(text.contains("06.2020. – sada · 4 g. 6 months"), "{text}");
    run.says("the words for `sr-Latn` lack").says("`duration.month`").says("`contents`");
}

#[test]
fn a_tag_of_another_form_is_explained() {
    for (tag, hint) in
        [("pt_br", "write `pt-BR`"), ("zh-hant", "write `zh-Hant`"), ("german", "`zh-Hant`")]
    {
        let data = folder(&[("resume.yaml", &record(tag))]);
        resume_in(data.path(), ["check", "--data", "."], &[]).exits(1).says("E016").says(hint);
    }
}

/// Why no language is hyphenated: every reader loses each word that is parted at a line end. Where a word comes
/// out whole, hyphenation can become a setting.
#[test]
#[ignore = "needs poppler and `tests/readers/install`"]
fn a_hyphenated_word_is_lost_to_every_reader() {
    let base = std::fs::read_to_string(root().join("templates/shared/base.typ")).unwrap();
    assert!(base.contains("hyphenate: false"));
    let base = base.replace("hyphenate: false", "hyphenate: true");
    for (tag, word) in [
        ("en", "internationalization"),
        ("de", "Datenverarbeitungssysteme"),
        ("fi", "ohjelmistokehitysprosessit"),
        ("ru", "высоконагруженных"),
    ] {
        // The word meets the end of a line at many places.
        let text: String =
            (0..60).map(|at| format!("{} {word} ", "a".repeat(1 + at % 7))).collect();
        let record = format!(
            "site: {{date: 2024-11-30, languages: [{tag}]}}\nprofile: {{name: Qqq, summary: '{text}'}}\n"
        );
        let data = folder(&[("data/resume.yaml", &record), ("own/shared/base.typ", &base)]);
        let arguments = ["render", "--format", "one-page", "--templates", "own", "--output", "out"];
        resume_in(data.path(), arguments, &[]).exits(0);
        let file = data.path().join("out/one-page.pdf");
        for (reader, found) in crate::support::readers::texts(&[&file]) {
            let whole = found[0].split_whitespace().filter(|found| *found == word).count();
            assert!(whole < 60, "{reader}, {tag}: all words are whole");
        }
    }
}
