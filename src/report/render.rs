//! A report in the format of the file that it goes to.

use std::fmt;
use std::str::FromStr;

use super::document::Document;
use super::table::Screen;
use super::{docx, html, json, markdown, terminal, xlsx};
use crate::text;

/// The format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FileFormat {
    #[default]
    Text,
    Markdown,
    Html,
    Docx,
    Xlsx,
    Json,
}

impl FileFormat {
    pub const ALL: [FileFormat; 6] = [
        FileFormat::Text,
        FileFormat::Markdown,
        FileFormat::Html,
        FileFormat::Docx,
        FileFormat::Xlsx,
        FileFormat::Json,
    ];

    /// The ending of such a file, without its dot.
    pub fn ending(self) -> &'static str {
        match self {
            FileFormat::Text => "txt",
            FileFormat::Markdown => "md",
            FileFormat::Html => "html",
            FileFormat::Docx => "docx",
            FileFormat::Xlsx => "xlsx",
            FileFormat::Json => "json",
        }
    }

    /// Whether a terminal can show it.
    pub fn is_text(self) -> bool {
        !matches!(self, FileFormat::Docx | FileFormat::Xlsx)
    }
}

impl fmt::Display for FileFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.ending())
    }
}

/// A file's ending that no report has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is none of txt, md, html, docx, xlsx and json")]
pub struct NotAFileFormat(pub String);

impl FromStr for FileFormat {
    type Err = NotAFileFormat;

    /// Reads an ending without its dot, in either case, or the longer names `text`, `markdown` and `htm`.
    fn from_str(name: &str) -> Result<FileFormat, NotAFileFormat> {
        match name.to_ascii_lowercase().as_str() {
            "text" => Ok(FileFormat::Text),
            "markdown" => Ok(FileFormat::Markdown),
            "htm" => Ok(FileFormat::Html),
            ending => FileFormat::ALL
                .into_iter()
                .find(|format| format.ending() == ending)
                .ok_or_else(|| NotAFileFormat(name.to_owned())),
        }
    }
}

/// A document that does not fit its format.
#[derive(Debug, thiserror::Error)]
pub enum NotRendered {
    /// A workbook has bounds: 1,048,576 rows a sheet, for one.
    #[error("the workbook cannot hold the report: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    #[error("the text document cannot be packed: {0}")]
    Docx(String),
    #[error("the page cannot be filled: {0}")]
    Html(#[from] minijinja::Error),
}

impl Document {
    /// The document as the bytes of a file; the screen matters to text alone. The same document gives the same bytes.
    pub fn rendered(&self, format: FileFormat, screen: Screen) -> Result<Vec<u8>, NotRendered> {
        match format {
            FileFormat::Text => Ok(terminal::document(self, screen).into_bytes()),
            FileFormat::Markdown => Ok(markdown::document(self).into_bytes()),
            FileFormat::Json => Ok(json::document(self).into_bytes()),
            FileFormat::Html => Ok(html::document(self)?.into_bytes()),
            FileFormat::Docx => docx::document(self),
            FileFormat::Xlsx => Ok(xlsx::document(self)?),
        }
    }

    /// Which school the report is of and which day it speaks of, a line each.
    pub(super) fn origin(&self) -> Vec<String> {
        let school =
            (!self.school.is_empty()).then(|| text::say(self.lang, "report-school", &[("school", &self.school)]));
        let day = text::say(self.lang, "report-day", &[("day", &self.day.to_string())]);
        school.into_iter().chain([day]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::Block;
    use super::super::sample;
    use super::*;

    #[test]
    fn a_format_is_read_by_the_ending_of_a_file() {
        for format in FileFormat::ALL {
            assert_eq!(format.ending().parse(), Ok(format));
            assert_eq!(format.ending().to_uppercase().parse(), Ok(format));
        }
        assert_eq!("pdf".parse::<FileFormat>(), Err(NotAFileFormat("pdf".to_owned())));
    }

    #[test]
    fn the_same_document_gives_the_same_bytes() {
        for format in FileFormat::ALL {
            let bytes = || sample::document().rendered(format, Screen::default()).unwrap();
            assert!(bytes() == bytes(), "{format}");
        }
    }

    #[test]
    fn what_only_letters_have_is_in_every_format_and_the_head_of_a_report_is_not() {
        let said = |format: FileFormat, headed: bool| {
            let blocks = vec![
                Block::Heading { level: 1, text: "一封信".to_owned() },
                Block::SignOff("落款在此".to_owned()),
                Block::CutLine,
                Block::Signatures(vec!["家长签字".to_owned(), "日期".to_owned(), "电话".to_owned()]),
                Block::PageBreak,
                Block::Paragraph("第二页".to_owned()),
            ];
            let letters = Document { headed, blocks, ..sample::document() };
            String::from_utf8_lossy(&letters.rendered(format, Screen::default()).unwrap()).into_owned()
        };
        for format in FileFormat::ALL.into_iter().filter(|format| *format != FileFormat::Xlsx) {
            let text = said(format, false);
            for words in ["一封信", "落款在此", "家长签字", "日期", "电话", "第二页"] {
                assert!(text.contains(words), "{format} lacks {words}: {text}");
            }
        }
        said(FileFormat::Xlsx, false);
        for format in [FileFormat::Text, FileFormat::Markdown, FileFormat::Html, FileFormat::Docx] {
            assert!(said(format, true).contains("数据截至") && !said(format, false).contains("数据截至"), "{format}");
        }
    }

    /// For the eye: `GUANAI_SAMPLES=DIR cargo test --lib samples_to_look_at -- --ignored` writes a file a format.
    #[test]
    #[ignore = "writes files to be looked at"]
    fn samples_to_look_at() {
        let folder = std::path::PathBuf::from(std::env::var("GUANAI_SAMPLES").expect("GUANAI_SAMPLES names a folder"));
        for format in FileFormat::ALL {
            let bytes = sample::large().rendered(format, Screen { width: Some(80), color: false }).unwrap();
            std::fs::write(folder.join(format!("sample.{}", format.ending())), bytes).unwrap();
        }
    }
}
