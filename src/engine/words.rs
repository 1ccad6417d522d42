//! The words that templates print: those of a language, and what it lacks from wider languages and from
//! English.

use std::io;

use serde_json::{Map, Value};

use crate::engine::templates::Templates;
use crate::language::tag::fallbacks;

/// The language whose words stand in for those that no file of a language has. Its file has all.
const LAST: &str = "en";

/// The words of a language.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// The words by their keys, as in the words files; `tag` is the language.
    pub values: Map<String, Value>,
    /// The keys whose words are English because no file of the language has them: `duration.year`. Empty
    /// where the language has no file at all.
    pub lacking: Vec<String>,
    /// Whether the language, or a wider one, has a file.
    pub known: bool,
}

impl Templates {
    /// The words of a language: of its own file first, then of those of wider languages (`pt` for
    /// `pt-BR`), then of English. Of a user's file and the built-in one the user's comes first.
    ///
    /// # Errors
    /// A file that cannot be read, or that is not a YAML map.
    pub fn words(&self, language: &str) -> io::Result<Words> {
        let mut words = Words::default();
        for tag in fallbacks(language) {
            for file in self.words_of(&tag)? {
                words.known = true;
                add(&mut words.values, file, "", &mut Vec::new());
            }
        }
        let mut lacking = Vec::new();
        for file in self.words_of(LAST)? {
            add(&mut words.values, file, "", &mut lacking);
        }
        if words.known {
            words.lacking = lacking;
        }
        words.values.insert("tag".to_owned(), language.into());
        Ok(words)
    }

    /// The words files of exactly this tag: the user's, the built-in one.
    fn words_of(&self, tag: &str) -> io::Result<Vec<Map<String, Value>>> {
        let path = format!("words/{tag}.yaml");
        let files = self.layers(&path)?;
        let read = files.iter().map(|bytes| {
            let wrong = |why: &dyn std::fmt::Display| {
                io::Error::other(format!("cannot read the words in `{path}`: {why}"))
            };
            serde_yaml::from_slice::<Option<Map<String, Value>>>(bytes)
                .map(Option::unwrap_or_default)
                .map_err(|error| wrong(&error))
        });
        read.collect()
    }
}

/// Adds the words that are missing, and collects their keys. Plural forms belong together.
fn add(
    words: &mut Map<String, Value>,
    more: Map<String, Value>,
    above: &str,
    added: &mut Vec<String>,
) {
    for (key, value) in more {
        let path = format!("{above}{key}");
        match (words.get_mut(&key), value) {
            (None, value) => {
                words.insert(key, value);
                added.push(path);
            }
            (Some(Value::Object(own)), Value::Object(more)) if !own.contains_key("other") => {
                add(own, more, &format!("{path}."), added);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::Templates;

    #[test]
    fn what_a_file_lacks_comes_from_wider_languages() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let words = folder.path().join("words");
        std::fs::create_dir(&words)?;
        let templates = Templates::new(Some(folder.path().to_owned()));
        std::fs::write(words.join("ko-KP.yaml"), "skills: 재주\nlists: {posts: 글월}\n")?;
        let found = templates.words("ko-KP")?;
        // The user's key, the built-in one of the same tag.
        assert_eq!(
            (&found.values["skills"], &found.values["lists"]["posts"]),
            (&"재주".into(), &"글월".into())
        );
        assert_eq!(found.values["contents"], "차례");
        assert!(found.known && found.lacking.is_empty(), "{:?}", found.lacking);

        std::fs::write(words.join("tlh.yaml"), "duration: {year: {other: \"{n} DIS\"}}\n")?;
        let found = templates.words("tlh-Latn-001")?;
        assert_eq!(found.values["duration"]["year"], serde_json::json!({ "other": "{n} DIS" }));
        assert_eq!(found.values["contents"], "Contents");
        assert!(found.lacking.contains(&"duration.month".to_owned()), "{:?}", found.lacking);
        assert!(!found.lacking.iter().any(|key| key.starts_with("duration.year")));

        assert!(!templates.words("xx")?.known);
        std::fs::write(words.join("xx.yaml"), "- a\n")?;
        let error = templates.words("xx").expect_err("a list").to_string();
        assert!(error.contains("words/xx.yaml"), "{error}");
        Ok(())
    }
}
