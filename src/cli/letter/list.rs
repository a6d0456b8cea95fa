//! `guanai letter list`: the templates that there are.

use crate::cli::Context;
use crate::model::{Exit, Outcome};
use crate::report::letter::load;
use crate::report::listing;

pub(super) fn run(context: &Context) -> Outcome<Exit> {
    let definitions = context.definitions()?;
    let (templates, problems) = load(&definitions);
    let kinds = definitions.kinds()?;
    for problem in &problems {
        context.tell(&crate::cli::errors::message(problem, context.lang));
    }
    context.list(&listing::templates(&templates, &kinds, context.lang))?;
    Ok(Exit::Done)
}
