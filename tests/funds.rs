//! Money and goods from the shell: a fund from the gift to the last receipt, and sums that agree with ones made by hand.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;
use support::School;

fn report(school: &School, arguments: &[&str]) -> Value {
    let out = school.ok(&[&["--format", "json", "report", "funds"], arguments].concat());
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
}

fn table<'a>(report: &'a Value, key: &str) -> Vec<&'a Value> {
    let blocks = report["blocks"].as_array().unwrap();
    let found = blocks.iter().find(|block| block["type"] == "table" && block["key"] == key);
    found.map_or_else(Vec::new, |block| block["rows"].as_array().unwrap().iter().collect())
}

fn cells<'a>(row: &'a Value, keys: &[&str]) -> Vec<&'a str> {
    keys.iter().map(|key| row[*key].as_str().unwrap_or("?")).collect()
}

fn all_agree(report: &Value) {
    let checks = table(report, "checks");
    assert_eq!(checks.len(), 4);
    assert!(checks.iter().all(|row| row["agrees"] == true), "{checks:#?}");
}

#[test]
fn a_fund_goes_from_the_gift_to_the_child_and_its_books_say_so() {
    let school = School::with_two_children();
    let add = |words: &[&str]| school.ok(&[&["log", "add"], words].concat());
    add(&["donation", "type=cash", "donor=青石商会", "amount=0.1", "fund=爱心", "receipt=001", "--date", "2026-02-10"]);
    add(&["donation", "type=cash", "donor=青石商会", "amount=0.2", "fund=爱心", "receipt=002", "--date", "2026-09-10"]);
    add(&[
        "donation",
        "type=cash",
        "donor=县慈善会",
        "amount=500",
        "fund=爱心",
        "--date",
        "2026-09-12",
        "--id",
        "gift-1",
    ]);
    add(&[
        "donation",
        "type=goods",
        "donor=县慈善会",
        "item=棉衣",
        "quantity=10件",
        "amount=800",
        "fund=爱心",
        "receipt=3",
        "--date",
        "2026-09-12",
    ]);
    add(&["aid", "aaaaaa", "item=棉衣", "quantity=2 件", "fund=爱心", "receipt=4", "--date", "2026-10-08"]);
    add(&[
        "aid",
        "aaaaaa",
        "item=眼镜",
        "amount=200.05",
        "fund=爱心",
        "purpose=给王小明配眼镜",
        "--date",
        "2026-10-09",
        "--id",
        "aid-1",
    ]);
    let books = report(&school, &["--term", "2026-autumn"]);
    all_agree(&books);
    let fund = cells(table(&books, "funds")[0], &["fund", "brought", "income", "spending", "left"]);
    assert_eq!(fund, ["爱心", "0.10", "500.20", "200.05", "300.25"]);
    let income: Vec<Vec<&str>> = table(&books, "income").iter().map(|row| cells(row, &["source", "amount"])).collect();
    assert_eq!(income, [["县慈善会", "500.00"], ["青石商会", "0.20"]]);
    let goods = cells(table(&books, "goods")[0], &["item", "unit", "brought", "came", "went", "left"]);
    assert_eq!(goods, ["棉衣", "件", "0", "10", "2", "8"]);
    let open: Vec<Vec<&str>> = table(&books, "without-receipt").iter().map(|row| cells(row, &["row"])).collect();
    assert_eq!(open, [["gift-1"], ["aid-1"]]);
    assert_eq!(table(&books, "without-receipt")[1]["place"][0], "logs/2026-autumn/aid.csv:3");
    // The gift in kind brought no money, and no name of a child stands there.
    let said = school.ok(&["report", "funds"]);
    assert!(!said.contains("王小明") && said.contains("给某学生配眼镜"), "{said}");
    let year = report(&school, &["--year"]);
    assert_eq!(cells(table(&year, "funds")[0], &["brought", "left"]), ["0.10", "300.25"]);
    let before = report(&school, &["--year", "2025"]);
    assert_eq!(cells(table(&before, "funds")[0], &["brought", "income", "left"]), ["0.00", "0.10", "0.10"]);
}

#[test]
fn no_row_overdraws_a_fund_on_any_day_unless_it_says_why() {
    let school = School::with_two_children();
    let aid = |amount: &str, date: &str, more: &[&str]| {
        let words = ["log", "add", "aid", "aaaaaa", "item=助学金", amount, "fund=爱心", "--date", date];
        school.run(&[&words[..], more].concat())
    };
    school.ok(&[
        "log",
        "add",
        "donation",
        "type=cash",
        "amount=100",
        "fund=爱心",
        "--date",
        "2026-10-10",
        "--id",
        "gift-1",
    ]);
    let files = school.files();
    for (amount, date) in [("amount=100.01", "2026-10-20"), ("amount=1", "2026-10-09")] {
        let said = aid(amount, date, &[]);
        assert_eq!(said.code, 3, "{said:?}");
        assert!(said.err.contains("爱心") && said.err.contains(date), "{said:?}");
    }
    let typo = school.run(&["log", "add", "aid", "aaaaaa", "item=助学金", "amount=5", "fund=爱新"]);
    assert!(typo.code == 3 && typo.err.contains("还有：爱心"), "{typo:?}");
    assert_eq!(school.files(), files, "something was written");
    assert_eq!(aid("amount=100", "2026-10-20", &["--id", "aid-1"]).code, 0);
    // A day before is short once a later row has taken what was there.
    assert_eq!(aid("amount=40", "2026-10-11", &[]).code, 3);
    assert_eq!(school.run(&["log", "void", "gift-1", "--reason", "重复"]).code, 3);
    assert_eq!(school.run(&["log", "amend", "gift-1", "amount=99.99"]).code, 3);
    assert_eq!(school.run(&["log", "amend", "aid-1", "amount=100.01"]).code, 3);
    assert_eq!(school.run(&["check"]).code, 0);
    assert_eq!(aid("amount=30", "2026-10-21", &["overdraw=先垫付，十一月拨款"]).code, 0);
    let said = school.run(&["check", "--format", "json"]);
    assert!(said.code == 0 && said.out.contains("check-fund-said") && said.out.contains("先垫付"), "{said:?}");
}

#[test]
fn check_names_a_fund_that_somebody_overdrew_by_hand() {
    let school = School::with_two_children();
    std::fs::create_dir_all(school.path("logs/2026-autumn")).unwrap();
    let rows = "id,date,students,item,amount,fund,void\naid-1,2026-10-08,aaaaaa,书费,60,爱心,\naid-2,2026-10-09,aaaaaa,书费,bad,爱心,\naid-3,2026-10-09,aaaaaa,书费,9,爱心,记错\n";
    std::fs::write(school.path("logs/2026-autumn/aid.csv"), rows).unwrap();
    let said = school.run(&["check", "--format", "json"]);
    let found: Vec<Value> = serde_json::from_str(&said.out).unwrap();
    let overdrawn: Vec<&Value> = found.iter().filter(|row| row["code"] == "check-fund-overdrawn").collect();
    assert_eq!((said.code, overdrawn.len()), (1, 1), "{}", said.out);
    assert!(overdrawn[0].to_string().contains("logs/2026-autumn/aid.csv:2"), "{}", overdrawn[0]);
    assert!(found.iter().any(|row| row["code"] == "check-amount" && row.to_string().contains("aid.csv:3")));
    // What was there before does not keep a gift from being recorded, nor may it get worse.
    let more = ["log", "add", "aid", "aaaaaa", "item=书费", "amount=1", "fund=爱心", "--date", "2026-10-08"];
    assert_eq!(school.run(&more).code, 3);
    school.ok(&["log", "add", "donation", "type=cash", "amount=10", "fund=爱心", "--date", "2026-10-09"]);
}

#[test]
fn one_amount_for_several_children_is_each_ones_or_that_of_all_and_not_guessed() {
    let school = School::with_two_children();
    school.ok(&["log", "add", "funding", "amount=100", "fund=爱心", "--date", "2026-09-02"]);
    let words = ["log", "add", "aid", "class:2023-2", "item=书费", "amount=30", "fund=爱心"];
    let said = school.run(&words);
    assert!(said.code == 2 && said.err.contains("--each") && said.err.contains("--together"), "{said:?}");
    assert_eq!(school.ok(&[&words[..], &["--each"]].concat()).lines().count(), 2);
    assert_eq!(school.ok(&[&words[..], &["--together"]].concat()).lines().count(), 1);
    assert_eq!(school.run(&["log", "add", "drill", "type=消防", "--each"]).code, 2, "a row for each of nobody");
    let books = report(&school, &[]);
    assert_eq!(cells(table(&books, "funds")[0], &["spending", "left"]), ["90.00", "10.00"]);
    std::fs::write(school.path("aid.csv"), "日期,学生,物品,发放金额,基金\n2026-10-01,王小明、李小红,书费,5,爱心\n")
        .unwrap();
    assert_eq!(school.run(&["import", "log", "aid", "aid.csv"]).code, 3);
    school.ok(&["import", "log", "aid", "aid.csv", "--together"]);
    std::fs::write(school.path("aid.csv"), "日期,学生,物品,发放金额,基金\n2026-10-01,王小明,书费,6,爱心\n").unwrap();
    let said = school.run(&["import", "log", "aid", "aid.csv"]);
    assert!(said.code == 3 && said.err.contains("第 2 行"), "{said:?}");
    // It is another day that it leaves short: said once, and `check` names that day.
    std::fs::write(
        school.path("aid.csv"),
        "日期,学生,物品,发放金额,基金,透支说明\n2026-10-01,王小明,书费,6,爱心,先垫付\n",
    )
    .unwrap();
    school.ok(&["import", "log", "aid", "aid.csv"]);
    assert_eq!(school.run(&["check"]).code, 1);
    school.ok(&["undo"]);
    let named =
        school.ok(&["--format", "json", "report", "funds", "--names", "--to", "县教育局", "--reason", "资助核查"]);
    let named: Value = serde_json::from_str(&named).unwrap();
    let children: Vec<Vec<&str>> = table(&named, "children").iter().map(|row| cells(row, &["id", "amount"])).collect();
    assert_eq!(children, [["aaaaaa", "30.00"], ["bbbbbb", "30.00"]]);
    assert!(school.read("registers/disclosures.csv").contains("report funds,县教育局,资助核查,2"));
}

#[test]
fn amounts_come_in_as_people_type_them_and_as_a_spreadsheet_shows_them() {
    let school = School::with_two_children();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, header) in ["日期", "捐赠类型", "来源", "捐款金额", "基金"].iter().enumerate() {
        sheet.write(0, at as u16, *header).unwrap();
    }
    for row in 1..4 {
        for (at, value) in ["2026-10-01", "捐款", "青石商会", "", "爱心"].iter().enumerate() {
            sheet.write(row, at as u16, *value).unwrap();
        }
    }
    // What a formula such as =0.1+0.2 leaves in the file.
    sheet.write(1, 3, 0.1 + 0.2).unwrap();
    sheet.write(2, 3, "￥1,200.50元").unwrap();
    sheet.write(3, 3, 4.35 * 100.0).unwrap();
    book.save(school.path("gifts.xlsx")).unwrap();
    school.ok(&["import", "log", "donation", "gifts.xlsx"]);
    let books = report(&school, &[]);
    assert_eq!(cells(table(&books, "income")[0], &["source", "amount"]), ["青石商会", "1635.80"]);
    std::fs::write(school.path("gifts.csv"), "日期,捐赠类型,捐款金额\n2026-10-01,捐款,1.2万\n2026-10-01,捐款,0.005\n")
        .unwrap();
    let said = school.run(&["import", "log", "donation", "gifts.csv"]);
    assert!(said.code == 3 && said.err.contains("1.2万") && said.err.contains("0.005"), "{said:?}");
}

#[test]
fn every_format_says_the_same_sum() {
    let school = School::with_two_children();
    school.ok(&["log", "add", "donation", "type=cash", "amount=1234567.89", "fund=爱心"]);
    for file in ["a.txt", "a.md", "a.html", "a.json"] {
        school.ok(&["report", "funds", "--out", file]);
        assert!(school.read(file).contains("1234567.89"), "{file}");
    }
    school.ok(&["report", "funds", "--out", "a.xlsx"]);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(school.path("a.xlsx")).unwrap();
    let sheets = calamine::Reader::worksheets(&mut book);
    let has = |cell: &calamine::Data| *cell == calamine::Data::Float(1_234_567.89);
    assert!(sheets.iter().any(|(_, range)| range.cells().any(|(_, _, cell)| has(cell))));
    school.ok(&["report", "funds", "--out", "a.docx"]);
    let file = std::fs::File::open(school.path("a.docx")).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut text).unwrap();
    assert!(text.contains("1234567.89"));
}

/// A row of random money, and what it does to its fund.
struct Random {
    state: u64,
}

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) % end
    }
}

#[test]
fn a_thousand_rows_add_up_to_the_fen_as_added_by_hand() {
    let school = School::with_two_children();
    let mut random = Random { state: 7 };
    // In fen, by fund: brought forward, in, out.
    let mut sums: BTreeMap<String, [i64; 3]> = BTreeMap::new();
    let mut logs: BTreeMap<String, String> = BTreeMap::new();
    for number in 0..1000 {
        let fund = ["甲", "乙", "丙"][random.below(3) as usize];
        let fen = random.below(1_000_000) as i64;
        let is_before = random.below(4) == 0;
        let is_out = random.below(3) == 0;
        let is_void = random.below(10) == 0;
        let day = 1 + random.below(28);
        let (term, date) = if is_before {
            ("2026-spring", format!("2026-04-{day:02}"))
        } else {
            ("2026-autumn", format!("2026-10-{day:02}"))
        };
        let amount = format!("{}.{:02}", fen / 100, fen % 100);
        let void = if is_void { "x" } else { "" };
        let (kind, header) = match is_out {
            true => ("aid", "id,date,students,item,amount,fund,void\n"),
            false => ("donation", "id,date,students,type,amount,fund,void\n"),
        };
        let what = if is_out { "aaaaaa,书费" } else { ",cash" };
        let log = logs.entry(format!("logs/{term}/{kind}.csv")).or_insert_with(|| header.to_owned());
        writeln!(log, "row-{number:04},{date},{what},{amount},{fund},{void}").unwrap();
        if !is_void {
            let sum = sums.entry(fund.to_owned()).or_default();
            match (is_before, is_out) {
                (true, true) => sum[0] -= fen,
                (true, false) => sum[0] += fen,
                (false, true) => sum[2] += fen,
                (false, false) => sum[1] += fen,
            }
        }
    }
    for (path, text) in logs {
        std::fs::create_dir_all(school.path(&path).parent().unwrap()).unwrap();
        std::fs::write(school.path(&path), text).unwrap();
    }
    let yuan = |fen: i64| {
        let sign = if fen < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", fen.abs() / 100, fen.abs() % 100)
    };
    let books = report(&school, &["--term", "2026-autumn"]);
    all_agree(&books);
    let rows = table(&books, "funds");
    for row in &rows[..3] {
        let [brought, came, went] = sums[row["fund"].as_str().unwrap()];
        let expected = [yuan(brought), yuan(came), yuan(went), yuan(brought + came - went)];
        assert_eq!(cells(row, &["brought", "income", "spending", "left"]), expected);
    }
    let total = sums.values().map(|[brought, came, went]| brought + came - went).sum();
    assert_eq!(cells(rows[3], &["left"]), [yuan(total)]);
}
