//! One question to a script, in an engine that is made for it and gone afterwards: QuickJS, with what the language has
//! and what a proxy script may call, and nothing else.

use crate::names::Names;
use crate::{Error, Result};
use rquickjs::context::EvalOptions;
use rquickjs::{CatchResultExt as _, Context, Ctx, Function, Runtime, Value};
use std::cell::Cell;
use std::sync::Arc;
use std::time::{Duration, Instant};

const PRELUDE: &str = include_str!("prelude.js");
/// The function of a script, however it was defined.
const ENTRY: &str = "typeof FindProxyForURL === 'function' ? FindProxyForURL : undefined";
/// Memory that a script may take with everything that belongs to it, in bytes.
const MEMORY: usize = 32 << 20;
/// How deep it may call, in bytes of the stack.
const STACK: usize = 256 << 10;
/// How many names it may have looked up for one answer.
const MOST_LOOK_UPS: u32 = 32;
/// What of an exception is repeated to people, in characters.
const SHOWN: usize = 200;

/// What a script is asked about.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// Scheme, host and port; path and query are nobody's business.
    pub(crate) url: String,
    pub(crate) host: String,
}

/// Asks a script. It ends at the next opportunity once `limit` is over.
pub(crate) fn ask(
    source: &str,
    question: &Question,
    names: &Arc<dyn Names>,
    limit: Duration,
) -> Result<String> {
    let end = Instant::now() + limit;
    let context = started(end).map_err(|error| failed(&error))?;
    let answer = context.with(|ctx| answered(&ctx, source, question, names));
    match answer {
        Err(_) if Instant::now() >= end => Err(Error::TookTooLong { limit }),
        answer => answer,
    }
}

fn started(end: Instant) -> rquickjs::Result<Context> {
    let runtime = Runtime::new()?;
    runtime.set_memory_limit(MEMORY);
    runtime.set_max_stack_size(STACK);
    runtime.set_interrupt_handler(Some(Box::new(move || Instant::now() >= end)));
    Context::full(&runtime)
}

fn answered(ctx: &Ctx<'_>, source: &str, question: &Question, names: &Arc<dyn Names>) -> Result<String> {
    given(ctx, names).catch(ctx).map_err(|error| failed(&error))?;
    evaluate::<()>(ctx, PRELUDE)
        .catch(ctx)
        .map_err(|error| failed(&error))?;
    evaluate::<()>(ctx, source)
        .catch(ctx)
        .map_err(|error| Error::NotUnderstood {
            reason: reason(&error),
        })?;
    let entry: Option<Function<'_>> = evaluate(ctx, ENTRY).catch(ctx).map_err(|error| failed(&error))?;
    let called = entry
        .ok_or(Error::NoFunction)?
        .call::<_, Value<'_>>((question.url.as_str(), question.host.as_str()));
    let answer = called.catch(ctx).map_err(|error| failed(&error))?;
    let text = answer.as_string().ok_or_else(|| Error::Failed {
        reason: format!("it answered {}, no text", answer.type_name()),
    })?;
    text.to_string().map_err(|error| failed(&error))
}

/// What of the network a script may ask for.
fn given(ctx: &Ctx<'_>, names: &Arc<dyn Names>) -> rquickjs::Result<()> {
    let (all, this) = (Arc::clone(names), Arc::clone(names));
    let left = Cell::new(MOST_LOOK_UPS);
    let address = move |host: String| -> Option<String> {
        left.set(left.get().checked_sub(1)?);
        all.address(&host).map(|address| address.to_string())
    };
    let own = move || {
        this.own()
            .map_or_else(|| "127.0.0.1".to_owned(), |own| own.to_string())
    };
    let globals = ctx.globals();
    globals.set("addressOfName", Function::new(ctx.clone(), address)?)?;
    globals.set("myIpAddress", Function::new(ctx.clone(), own)?)
}

/// Scripts of this kind are older than strict rules.
fn evaluate<'js, T: rquickjs::FromJs<'js>>(ctx: &Ctx<'js>, source: &str) -> rquickjs::Result<T> {
    let mut options = EvalOptions::default();
    options.strict = false;
    ctx.eval_with_options(source, options)
}

fn failed(error: &impl ToString) -> Error {
    Error::Failed {
        reason: reason(error),
    }
}

/// The first line of what the engine says: a stranger's script may have worded it, and a person reads it in a terminal.
fn reason(error: &impl ToString) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default().trim();
    line.chars().filter(|one| !one.is_control()).take(SHOWN).collect()
}
