//! What happens when any one thing in the reference record breaks: an error at its line, or the
//! words printed as they are; never silence, never another place.

use std::fs;

use resume::commands::{DataForm, data};
use serde_json::Value;

use crate::support::program::root;
use crate::support::record::loaded;
use crate::support::threads::each;

/// The reference record as one file.
fn whole() -> Value {
    let (text, _) = data(&root().join("data"), DataForm::Json).expect("read");
    serde_json::from_str(&text.expect("no fault")).expect("JSON")
}

/// What reading a record finds: lines and codes.
fn faults(record: &Value) -> (String, Vec<(usize, &'static str)>) {
    let folder = tempfile::tempdir().expect("a folder");
    let text = serde_yaml::to_string(record).expect("YAML");
    fs::write(folder.path().join("resume.yaml"), &text).expect("written");
    let (loaded, sources) = loaded(folder.path());
    let lines = loaded.diagnostics.iter().map(|diagnostic| {
        (diagnostic.place.map_or(0, |place| sources.line_column(place).0), diagnostic.code)
    });
    (text, lines.collect())
}

/// The way to every value below a value.
fn ways(
    value: &Value,
    way: &mut Vec<Value>,
    maps: &mut Vec<Vec<Value>>,
    leaves: &mut Vec<Vec<Value>>,
) {
    match value {
        Value::Object(map) => {
            maps.push(way.clone());
            for (key, inner) in map {
                way.push(key.as_str().into());
                ways(inner, way, maps, leaves);
                way.pop();
            }
        }
        Value::Array(items) => {
            for (at, inner) in items.iter().enumerate() {
                way.push(Value::from(at));
                ways(inner, way, maps, leaves);
                way.pop();
            }
        }
        _ => leaves.push(way.clone()),
    }
}

fn at<'v>(value: &'v mut Value, way: &[Value]) -> &'v mut Value {
    way.iter().fold(value, |value, step| match step {
        Value::Number(index) => &mut value[index.as_u64().expect("an index") as usize],
        key => &mut value[key.as_str().expect("a key")],
    })
}

#[test]
fn the_record_is_read_back_as_it_is_printed() {
    let record = whole();
    let (_, faults) = faults(&record);
    assert_eq!(faults, []);
}

#[test]
fn an_unknown_key_is_refused_everywhere() {
    let record = whole();
    let (mut maps, mut leaves) = (Vec::new(), Vec::new());
    ways(&record, &mut Vec::new(), &mut maps, &mut leaves);
    // The keys of these are whatever the person calls them; tags in an application have weights.
    let free = ["tags", "snippets"].map(|key| [Value::from(key)]);
    for own in &free {
        assert!(maps.iter().any(|way| way == own), "the record lacks {own:?}");
    }
    maps.retain(|way| free.iter().all(|own| way != own));
    assert!(maps.len() > 200, "{} maps", maps.len());
    let silent: Vec<String> = each(&maps, |way| {
        let mut broken = record.clone();
        let map = at(&mut broken, way).as_object_mut().expect("a map");
        map.insert("zz-unknown".to_owned(), "x".into());
        let (text, faults) = faults(&broken);
        let line = text.lines().position(|line| line.contains("zz-unknown")).expect("there") + 1;
        let refused =
            faults.iter().any(|(at, code)| *at == line && ["E011", "E014", "E060"].contains(code));
        (!refused).then(|| format!("{way:?}: {faults:?}, wanted line {line}"))
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn a_leaf_of_another_form_is_an_error_at_its_line() {
    let record = whole();
    let (mut maps, mut leaves) = (Vec::new(), Vec::new());
    ways(&record, &mut Vec::new(), &mut maps, &mut leaves);
    assert!(leaves.len() > 500, "{} leaves", leaves.len());
    let silent: Vec<String> = each(&leaves, |way| {
        let mut broken = record.clone();
        *at(&mut broken, way) = serde_json::json!(["zz-list"]);
        let (text, faults) = faults(&broken);
        let line = text.lines().position(|line| line.contains("zz-list")).expect("there") + 1;
        // A list begins at its first item, or at its key.
        let near = faults.iter().any(|(at, _)| *at == line || *at + 1 == line);
        (!near).then(|| format!("{way:?}: {faults:?}, wanted line {line}"))
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn a_leaf_with_other_words_is_an_error_at_its_line_or_still_there() {
    let record = whole();
    let (mut maps, mut leaves) = (Vec::new(), Vec::new());
    ways(&record, &mut Vec::new(), &mut maps, &mut leaves);
    let silent: Vec<String> = each(&leaves, |way| {
        let mut broken = record.clone();
        *at(&mut broken, way) = "zz wörds #read(\"/etc/passwd\")".into();
        let (text, faults) = faults(&broken);
        let line = text.lines().position(|line| line.contains("zz wörds")).expect("there") + 1;
        if faults.iter().any(|(at, _)| *at == line) {
            return None;
        }
        // Read without a diagnostic: then the record writes the words as they are.
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("resume.yaml"), &text).expect("written");
        let (kept, _) = data(folder.path(), DataForm::Yaml).expect("read");
        let kept = kept.is_some_and(|text| text.contains("zz wörds"));
        (!kept || !faults.is_empty()).then(|| format!("{way:?}: {faults:?}, wanted line {line}"))
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}
