//! Arguments that every command takes, and the readers of argument values.

use std::path::PathBuf;

use crate::model::Day;
use crate::text::Lang;

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Global {
    #[arg(short = 'C', long = "dir", global = true, env = "GUANAI_DIR", hide_env = true, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    #[arg(long, global = true, env = "GUANAI_AS_OF", hide_env = true, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    #[arg(long, global = true, value_name = "FORMAT")]
    pub format: Option<String>,
    #[arg(long, global = true, env = "GUANAI_LANG", hide_env = true, value_name = "zh|en", value_parser = lang)]
    pub lang: Option<Lang>,
    #[arg(long, global = true)]
    pub reveal: bool,
    /// Read as one without a key.
    #[arg(long, global = true, env = "GUANAI_NO_KEY", hide_env = true, value_parser = clap::builder::FalseyValueParser::new())]
    pub no_key: bool,
    #[arg(long, global = true)]
    pub dry_run: bool,
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// A day such as 2026-09-10; `2026.9.10` and `2026/9/10` are the same day.
pub(crate) fn day(text: &str) -> Result<Day, String> {
    let parts: Vec<&str> = text.split(['-', '.', '/']).collect();
    let number = |part: &str| part.parse::<u32>().ok();
    if let [year, month, of_month] = parts[..]
        && year.len() == 4
        && let (Some(year), Some(month), Some(of_month)) = (number(year), number(month), number(of_month))
        && let Some(day) = Day::new(year as i32, month, of_month)
    {
        return Ok(day);
    }
    text.parse().map_err(|error: crate::model::NotADay| error.to_string())
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::of_code(text).ok_or_else(|| "zh, en".to_owned())
}
