//! `--attach FILE`: reads the files that a record brings along. Plain files only, none too large.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::cli::Context;
use crate::ledger::change::Pending;
use crate::ledger::folder::disk_problem;
use crate::ledger::snapshot::school;
use crate::model::kind::Kind;
use crate::model::{Outcome, Place, Problem, Problems};
use crate::report::visible;
use crate::write::Recording;
use crate::write::attachment::Attachment;

const MEGABYTE: u64 = 1_000_000;

/// The files as the ledger is to keep them. Everything that is wrong with any of them is named.
pub(super) fn read(context: &Context, paths: &[PathBuf]) -> Outcome<Vec<Attachment>> {
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    let most = school(&context.folder()?, &Pending::default())?.attachments.most_mb;
    let (mut attachments, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        match bytes(path, most).and_then(|bytes| Attachment::of(&path.to_string_lossy(), bytes)) {
            Ok(attachment) => attachments.push(attachment),
            Err(wrong) => problems.extend(wrong.0),
        }
    }
    if problems.is_empty() { Ok(attachments) } else { Err(Problems(problems)) }
}

/// A file is not sealed: beside a sealed record it would lie in the clear.
pub(super) fn may_lie_beside(recording: &Recording, kind: &Kind, attachments: &[Attachment]) -> Outcome<()> {
    match recording.seals(kind) && !attachments.is_empty() {
        true => Err(Problem::usage("attachment-sealed").with("kind", &kind.name).into()),
        false => Ok(()),
    }
}

fn bytes(path: &Path, most: u64) -> Outcome<Vec<u8>> {
    let shown = path.to_string_lossy().into_owned();
    let unreadable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Problem::usage("file-missing").with("file", &shown),
        _ => disk_problem("unreadable", &shown, &error),
    };
    // A pipe or a device would keep the command waiting, and a link may point to what nobody meant.
    let about = fs::symlink_metadata(path).map_err(unreadable)?;
    if !about.is_file() {
        return Err(Problem::data("attachment-not-a-file", Place::file(&shown)).into());
    }
    let mut bytes = Vec::new();
    let limit = most.saturating_mul(MEGABYTE);
    let file = File::open(path).map_err(unreadable)?;
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > limit {
        return Err(Problem::data("attachment-large", Place::file(&shown)).with("most", most).into());
    }
    Ok(bytes)
}

/// Says which files are kept as they were: what they say of place and device stays in them.
pub(super) fn said(context: &Context, paths: &[PathBuf], attachments: &[Attachment]) -> Vec<String> {
    let kept = paths.iter().zip(attachments).filter(|(_, attachment)| !attachment.is_clean);
    kept.map(|(path, _)| context.words("attachment-kept", &[("file", &visible(&path.to_string_lossy()))])).collect()
}
