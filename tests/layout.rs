//! Every report in every format that is handed in: one page that needs no other, a document for A4 with real headings and
//! repeated headers, a workbook with a header that stays in sight; and nothing that somebody wrote acts in any of them.

#[path = "support/blocks.rs"]
mod blocks;
mod support;

use std::sync::OnceLock;

use serde_json::Value;
use support::School;

/// What a child is called who is to break a format.
const HOSTILE: &str = "=cmd|'/c calc'!A1 <script>alert(1)</script>";

struct Report {
    name: &'static str,
    arguments: Vec<String>,
    /// Letters bring a head of their own, are no workbook, and have no number under a page.
    is_letter: bool,
}

struct Desk {
    school: School,
    reports: Vec<Report>,
}

/// A school with a hostile child in it, and every report about it. It is made once.
fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| {
        let school = School { dir: tempfile::tempdir().unwrap() };
        school.ok(&["demo", ".", "-q", "--students", "96"]);
        school.ok(&["student", "add", HOSTILE, "--id", "aaaaaa", "class=2023-1", "--since", "2023-09-01"]);
        school.ok(&["student", "set", "aaaaaa", "address=+1+1\u{1b}[31m", "note=@SUM(A1) | ` <b>"]);
        school.ok(&["log", "add", "home-visit", "aaaaaa", "met=guardian", "--note", "=2+3", "--date", "2026-11-20"]);
        for (term, score) in [("2026-06-20", "40"), ("2026-11-06", "88")] {
            let kind = if term.starts_with("2026-06") { "final" } else { "midterm" };
            school.ok(&[
                "log",
                "add",
                "score",
                "aaaaaa",
                &format!("exam={kind}"),
                "subject=数学",
                &format!("score={score}"),
                "--date",
                term,
            ]);
        }
        let named = "--names --to 校长 --reason 例会";
        let reports = [
            ("term", "report term".to_owned(), false),
            ("term-names", format!("report term {named}"), false),
            ("student", "report student aaaaaa --to 派出所 --reason 转学".to_owned(), false),
            ("class", "report class 2023-1".to_owned(), false),
            ("class-names", "report class 2023-1 --names --to 校长 --reason 例会".to_owned(), false),
            ("mind", "report mind".to_owned(), false),
            ("mind-child", "report mind --student aaaaaa --to 校医 --reason 面谈".to_owned(), false),
            ("funds", "report funds".to_owned(), false),
            ("plan", "plan export".to_owned(), false),
            ("staff", "report staff".to_owned(), false),
            ("changes", "report changes --since 2026-11-01".to_owned(), false),
            ("letter", "letter parents-letter aaaaaa --leave-blank --draft".to_owned(), true),
        ];
        let reports = reports
            .into_iter()
            .map(|(name, line, is_letter)| Report {
                name,
                arguments: line.split(' ').map(str::to_owned).collect(),
                is_letter,
            })
            .collect();
        Desk { school, reports }
    })
}

impl Desk {
    fn bytes(&self, report: &Report, format: &str) -> Vec<u8> {
        let file = format!("{}.{format}", report.name);
        let mut arguments: Vec<&str> = report.arguments.iter().map(String::as_str).collect();
        arguments.extend(["--out", &file, "-q"]);
        let said = self.school.run(&arguments);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{arguments:?}");
        std::fs::read(self.school.path(&file)).unwrap()
    }

    fn text(&self, report: &Report, format: &str) -> String {
        String::from_utf8(self.bytes(report, format)).expect("text")
    }

    fn json(&self, report: &Report) -> Value {
        serde_json::from_str(&self.text(report, "json")).unwrap_or_else(|error| panic!("{}: {error}", report.name))
    }
}

#[test]
fn a_page_is_one_file_that_prints_and_fits_a_phone() {
    for report in &desk().reports {
        let page = desk().text(report, "html");
        let name = report.name;
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">"), "{name}");
        for outside in [" src=", " href=", "url(", "@import", "<script", "<link", "<iframe", "https://"] {
            assert!(!page.contains(outside), "{name} has {outside}");
        }
        let addresses = page.matches("http://").count();
        assert_eq!(addresses, page.matches("xmlns=\"http://www.w3.org/2000/svg\"").count(), "{name}");
        for part in [
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
            "default-src 'none'",
            "@media print",
            "@page { size: A4;",
            "display: table-header-group",
            "break-inside: avoid",
            "background: #fff",
        ] {
            assert!(page.contains(part), "{name} lacks {part}");
        }
        // What is wider than a phone is moved in its own box, and has a header that each page repeats.
        let body = page.split("<main>").nth(1).unwrap();
        let tables = body.matches("<table").count();
        assert_eq!(body.matches("<div class=\"scroll\" tabindex=\"0\">\n<table").count(), tables, "{name}");
        assert_eq!(body.matches("<thead>").count(), tables, "{name}");
        let pictures = body.matches("<svg ").count();
        for part in ["role=\"img\"", "<title>", "<desc>"] {
            assert_eq!(body.matches(part).count(), pictures, "{name}: {part}");
        }
    }
}

#[test]
fn a_document_is_a4_with_real_headings_repeated_headers_and_a_page_number() {
    for report in &desk().reports {
        let bytes = desk().bytes(report, "docx");
        let (name, text) = (report.name, blocks::part(&bytes, "word/document.xml"));
        let a4 = ["w:w=\"11906\" w:h=\"16838\"", "w:w=\"16838\" w:h=\"11906\""];
        assert!(a4.iter().any(|size| text.contains(size)), "{name}");
        let styles = blocks::part(&bytes, "word/styles.xml");
        for font in ["w:eastAsia=\"宋体\"", "w:eastAsia=\"黑体\""] {
            assert!(styles.contains(font), "{name} lacks {font}");
        }
        let heading = if report.is_letter { "\"Title\"" } else { "\"Heading1\"" };
        assert!(text.contains(&format!("<w:pStyle w:val={heading} />")), "{name}");
        let links: Vec<String> = blocks::parts(&bytes).into_iter().filter(|part| part.ends_with(".rels")).collect();
        assert!(links.iter().all(|part| !blocks::part(&bytes, part).contains("TargetMode=\"External\"")), "{name}");
        if report.is_letter {
            continue;
        }
        let feet: Vec<String> = blocks::parts(&bytes).into_iter().filter(|part| part.contains("/footer")).collect();
        assert!(feet.iter().any(|foot| blocks::part(&bytes, foot).contains(">PAGE<")), "{name} has no page number");
        // Each table, chart and map has one header.
        let grids = blocks::filled(&desk().json(report)).len();
        assert!(grids > 0, "{name}");
        assert_eq!(text.matches("<w:tblHeader />").count(), grids, "{name}");
    }
}

#[test]
fn a_workbook_keeps_its_header_in_sight_and_has_no_formula() {
    for report in desk().reports.iter().filter(|report| !report.is_letter) {
        let bytes = desk().bytes(report, "xlsx");
        let name = report.name;
        let sheets: Vec<String> =
            blocks::parts(&bytes).into_iter().filter(|part| part.starts_with("xl/worksheets/sheet")).collect();
        assert!(sheets.len() > 1, "{name}");
        for sheet in &sheets {
            let text = blocks::part(&bytes, sheet);
            assert!(!text.contains("<f>") && !text.contains("<f "), "{name}, {sheet} has a formula");
            assert!(text.contains("<pageSetup paperSize=\"9\""), "{name}, {sheet} is not for A4");
            assert!(text.contains("<cols>"), "{name}, {sheet} has no widths");
            if sheet != "xl/worksheets/sheet1.xml" {
                assert!(text.contains("ySplit=\"1\"") && text.contains("state=\"frozen\""), "{name}, {sheet}");
            }
        }
        assert!(!blocks::parts(&bytes).iter().any(|part| part.contains("externalLink")), "{name}");
    }
}

#[test]
fn what_somebody_wrote_comes_out_as_it_is_and_does_nothing() {
    let with_name = ["student", "class-names", "mind-child", "letter"];
    for report in desk().reports.iter().filter(|report| with_name.contains(&report.name)) {
        let page = desk().text(report, "html");
        assert!(page.contains("=cmd|&#x27;&#x2f;c calc&#x27;!A1 &lt;script&gt;"), "{}", report.name);
        assert!(!page.contains('\u{1b}'), "{}", report.name);
        let document = blocks::part(&desk().bytes(report, "docx"), "word/document.xml");
        assert!(document.contains("=cmd|") && !document.contains("<script"), "{}", report.name);
        if !report.is_letter {
            assert!(desk().json(report).to_string().contains(HOSTILE), "{}", report.name);
        }
    }
}
