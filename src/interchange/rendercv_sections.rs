//! What the sections and entries of a RenderCV file are: their titles in its languages, and the keys that tell.

use crate::interchange::source::Source;

/// What an entry is; the number of its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    School,
    Employer,
    Volunteering,
    Publication,
    Project,
    Certificate,
    Award,
    Entry,
    Skill,
    Language,
    Interest,
    Line,
    Text,
}

impl Kind {
    /// The section of the record that its entries are in.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::School => "education",
            Self::Employer => "experience",
            Self::Volunteering => "volunteering",
            Self::Publication => "publications",
            Self::Project => "projects",
            Self::Certificate => "certificates",
            Self::Award => "awards",
            Self::Skill => "skills",
            Self::Language => "languages",
            Self::Interest => "interests",
            Self::Entry | Self::Line | Self::Text => "",
        }
    }
}

/// Parts of titles in small letters that tell what a section is.
const TITLES: [(Kind, &[&str]); 8] = [
    (Kind::Volunteering, &["volunt", "ehrenamt", "bénévol", "봉사", "志愿", "ボランティア"]),
    (
        Kind::Project,
        &[
            "project",
            "projekt",
            "projet",
            "proyecto",
            "projeto",
            "progett",
            "프로젝트",
            "项目",
            "プロジェクト",
        ],
    ),
    (Kind::Certificate, &["certif", "zertifi", "licen", "자격", "证书", "資格"]),
    (
        Kind::Award,
        &[
            "award",
            "honor",
            "honour",
            "prize",
            "auszeichnung",
            "prix",
            "premio",
            "수상",
            "获奖",
            "受賞",
        ],
    ),
    (
        Kind::Skill,
        &[
            "skill",
            "technolog",
            "programming",
            "expertise",
            "tools",
            "competenc",
            "compétenc",
            "kenntnis",
            "habilidad",
            "기술",
            "技能",
            "スキル",
        ],
    ),
    (
        Kind::Language,
        &[
            "language",
            "sprache",
            "langues",
            "idiomas",
            "lingue",
            "언어",
            "외국어",
            "语言",
            "言語",
            "語学",
        ],
    ),
    (Kind::Interest, &["interest", "hobb", "loisirs", "intereses", "관심", "취미", "兴趣", "趣味"]),
    (
        Kind::Text,
        &[
            "summary",
            "about",
            "profile",
            "objective",
            "overview",
            "profil",
            "über mich",
            "zusammenfassung",
            "소개",
            "요약",
            "简介",
            "概要",
        ],
    ),
];

/// What a title says that the entries below it are.
pub(super) fn titled(title: &str) -> Option<Kind> {
    let title = title.to_lowercase().replace('_', " ");
    TITLES
        .iter()
        .find(|(_, parts)| parts.iter().any(|part| title.contains(part)))
        .map(|(kind, _)| *kind)
}

/// Whether an import takes a section of this title for that at a key of the record.
pub fn is_titled(title: &str, key: &str) -> bool {
    let kind = match key {
        "volunteering" => Kind::Volunteering,
        "projects" => Kind::Project,
        "certificates" => Kind::Certificate,
        "awards" => Kind::Award,
        "skills" => Kind::Skill,
        "languages" => Kind::Language,
        "interests" => Kind::Interest,
        "summary" => Kind::Text,
        // Their entries tell what they are.
        _ => return true,
    };
    titled(title) == Some(kind)
}

/// Its name of a language, where it has words in it.
pub fn locale(language: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 22] = [
        ("ar", "arabic"),
        ("da", "danish"),
        ("de", "german"),
        ("en", "english"),
        ("es", "spanish"),
        ("fa", "persian"),
        ("fr", "french"),
        ("he", "hebrew"),
        ("hi", "hindi"),
        ("hu", "hungarian"),
        ("id", "indonesian"),
        ("it", "italian"),
        ("ja", "japanese"),
        ("ko", "korean"),
        ("nb", "norwegian_bokmål"),
        ("nl", "dutch"),
        ("nn", "norwegian_nynorsk"),
        ("pt", "portuguese"),
        ("ru", "russian"),
        ("tr", "turkish"),
        ("vi", "vietnamese"),
        ("zh", "mandarin_chinese"),
    ];
    let wide = language.split('-').next().unwrap_or(language);
    NAMES.iter().find(|(tag, _)| *tag == wide).map(|(_, name)| *name)
}

/// What an entry of a section with a title is.
pub(super) fn kind_of(entry: &Source, title: &str) -> Kind {
    let has = |key: &str| entry.get(key).is_some();
    let titled = titled(title);
    let is = |kinds: &[Kind]| titled.filter(|kind| kinds.contains(kind));
    match () {
        () if has("institution") => Kind::School,
        () if has("company") => is(&[Kind::Volunteering]).unwrap_or(Kind::Employer),
        () if has("authors") || has("doi") || has("journal") => Kind::Publication,
        () if has("label") => {
            is(&[Kind::Skill, Kind::Language, Kind::Interest]).unwrap_or(Kind::Line)
        }
        () if has("name") || has("title") => {
            let detailed = has("highlights") || has("location");
            let plain = is(&[Kind::Certificate, Kind::Award]).filter(|_| !detailed);
            plain.or_else(|| is(&[Kind::Project])).unwrap_or(Kind::Entry)
        }
        () => Kind::Text,
    }
}

/// The title that RenderCV prints for the key of a section.
pub(super) fn title_of(key: &str) -> String {
    if key.contains(' ') || key.chars().any(char::is_uppercase) && !key.contains('_') {
        return key.to_owned();
    }
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_uppercase().collect::<String>());
        first.unwrap_or_default() + letters.as_str()
    };
    key.split('_').map(capital).collect::<Vec<_>>().join(" ")
}
