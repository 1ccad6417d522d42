//! `resume check`: the record is read, checked by every rule and set in every format and language,
//! in memory.

use crate::allow::{allowable, settle};
use crate::check::{explain, explain_all, rules};
use crate::cli::{Check, Global, Lean};
use crate::data::applications::Application;
use crate::document::{Filter, Format};
use crate::files::Wanted;
use crate::open::{Opened, Ready, language, open};
use crate::parallel::each;
use crate::press::Press;
use crate::problem::{Problem, Severity, Sources, nearest};
use crate::{Failure, Outcome, engine};

/// Checks everything there is to check.
///
/// # Errors
/// What keeps the record from being read at all.
pub fn check(global: &Global, args: &Check) -> Result<Outcome, Failure> {
    if let Some(code) = args.allow.iter().find(|code| !allowable(code)) {
        let codes = rules().filter(|rule| rule.severity != Severity::Error).map(|rule| rule.code);
        let hint = match nearest(code, codes) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`--allow` takes the code of a warning or an advice, such as `W012`".to_owned(),
        };
        return Err(Failure::new(format!("`{code}` cannot be allowed"), hint));
    }
    let (date, lean) = (args.date.as_deref(), Lean::default());
    let Opened { ready, mut problems, mut sources, mut phases, .. } =
        open(&global.data, date, Some(&[]), &lean, &[], Severity::Advice)?;
    if let Some(ready) = &ready {
        let found = phases.time("set every document", || set(global, args, ready, &mut sources))?;
        problems.extend(found);
    }
    settle(&mut problems, &sources, &args.allow, &[]);
    Ok(Outcome { problems, sources, phases, denies: args.deny.is_some(), ..Outcome::default() })
}

/// A document to set: its language, its words, for whom, and what.
type Order<'a> = (String, String, Option<&'a Application>, Format);

/// Sets and exports every format in every language and the page of every application, and says what
/// is wrong with them.
fn set(
    global: &Global,
    args: &Check,
    ready: &Ready,
    sources: &mut Sources,
) -> Result<Vec<Problem>, Failure> {
    let engine = engine(global)?;
    let record = &ready.record;
    let mut problems = Vec::new();
    let mut orders: Vec<Order> = Vec::new();
    let tags = args.lang.as_ref().map_or_else(|| record.languages(), |tag| vec![tag.clone()]);
    let plain = tags.into_iter().map(|tag| (tag, None, Format::ALL.as_slice()));
    let own = |application: &Application| {
        application.language.as_ref().map(|language| language.0.clone())
    };
    let first = || record.languages().into_iter().next().unwrap_or_default();
    let tailored = record.applications.iter().filter(|_| args.lang.is_none());
    let tailored =
        tailored.map(|a| (own(a).unwrap_or_else(first), Some(a), [Format::OnePage].as_slice()));
    for (tag, application, formats) in plain.chain(tailored) {
        match language(record, &engine, Some(&tag)) {
            Ok((language, words)) => orders.extend(
                formats
                    .iter()
                    .map(|format| (language.clone(), words.clone(), application, *format)),
            ),
            Err(failure) if args.lang.is_some() => return Err(failure),
            Err(failure) => {
                let problem = Problem::warning("W051", failure.message);
                problems.push(failure.hint.into_iter().fold(problem, Problem::hint));
            }
        }
    }
    let filter = Filter::default();
    let notes = each(&orders, |(language, words, application, format)| {
        let press = Press {
            record,
            addresses: &ready.addresses,
            engine: &engine,
            language,
            words,
            date: ready.date,
            pictures: &ready.pictures,
            application: *application,
            filter: &filter,
            known: &ready.known,
        };
        press.make(*format, &Wanted::default(), format.word()).1
    });
    problems.extend(notes.into_iter().flatten().map(|note| note.locate(sources)));
    Ok(problems)
}

/// The documentation of the rule with a code, or of all.
///
/// # Errors
/// There is no such rule.
pub fn explain_rule(code: &str) -> Result<String, Failure> {
    if code == "all" {
        return Ok(explain_all());
    }
    let wanted = code.to_ascii_uppercase();
    rules().find(|rule| rule.code == wanted).map(explain).ok_or_else(|| {
        let hint = match nearest(&wanted, rules().map(|rule| rule.code)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`resume check --explain` prints all rules".to_owned(),
        };
        Failure::new(format!("there is no rule `{code}`"), hint)
    })
}
