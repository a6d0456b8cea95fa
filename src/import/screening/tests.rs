//! Answer sheets as schools and questionnaire programs type them.

use super::super::synonyms::tests::shipped;
use super::*;

fn reading(scale: &str, text: &str) -> SheetReading {
    with_reader(scale, |reader| reader.read(&super::super::read("a.csv", text.as_bytes()).unwrap()))
}

fn with_reader(scale: &str, read: impl Fn(&SheetReader) -> SheetReading) -> SheetReading {
    let path = format!("scales/{scale}.toml");
    let scale = crate::ledger::scales::read(&path, &crate::ledger::template::text(&path)).unwrap();
    let words = crate::ledger::template::text("import/screening.toml");
    let words = SheetWords::parse("import/screening.toml", &words).unwrap();
    let synonyms = shipped();
    let day = "2026-09-10".parse().unwrap();
    let reader = SheetReader { file: "a.csv", scale: &scale, words: &words, synonyms: &synonyms, day, school_years: 6 };
    read(&reader)
}

fn header(of: impl Fn(u32) -> String, items: u32) -> String {
    (1..=items).map(of).collect::<Vec<_>>().join(",")
}

fn given(reading: &SheetReading, row: usize) -> String {
    match reading.rows[row].given.as_ref().unwrap() {
        Given::Answers(answers) => answers.to_string(),
        Given::Totals(totals) => format!("{totals:?}"),
    }
}

#[test]
fn items_are_known_by_their_number_however_it_is_written() {
    let noughts = ["0"; 18].join(",");
    for of in [
        |item: u32| item.to_string(),
        |item| format!("第{item}题"),
        |item| format!("Q{item}"),
        |item| format!("题{item}"),
        |item| format!("{item}、像平时一样"),
        |item| format!("{item}.0"),
        |item| format!("T{item:02}"),
        |item| format!("{item}．像平时一样（选一个）"),
    ] {
        let reading = reading("dsrsc", &format!("量表测评,,\n姓名,班级,{}\n张三,四(2)班,{noughts}\n", header(of, 18)));
        assert_eq!(reading.problems, [], "{}", of(3));
        assert_eq!(given(&reading, 0), "0".repeat(18), "{}", of(3));
        assert_eq!(reading.rows[0].class.unwrap().to_string(), "2023-2");
    }
}

#[test]
fn words_stand_for_answers_and_what_is_no_answer_is_named_by_its_cell() {
    let items = header(|item| item.to_string(), 18);
    let reading = reading(
        "dsrsc",
        &format!("姓名,{items}\n张三,无,有时,经常,2,1.0,-,{}\n李四,{},3,x\n", ["0"; 12].join(","), ["1"; 16].join(",")),
    );
    assert_eq!(given(&reading, 0), format!("01221-{}", "0".repeat(12)));
    let places: Vec<String> = reading.rows[1].problems.iter().map(|one| one.place.to_string()).collect();
    assert_eq!(places, ["a.csv!3!17", "a.csv!3!18"]);
    assert!(reading.rows[1].problems.iter().all(|one| one.code == "answer-wrong"));
}

#[test]
fn a_sheet_of_another_scale_is_refused_as_a_whole() {
    let codes = |text: &str| reading("dsrsc", text).problems.iter().map(|one| one.code).collect::<Vec<_>>();
    let items = |from: u32, until: u32| (from..=until).map(|one| one.to_string()).collect::<Vec<_>>().join(",");
    assert_eq!(codes(&format!("姓名,{}\n张三,1\n", items(1, 25))), ["sheet-item-unknown"; 7]);
    assert_eq!(codes(&format!("姓名,{}\n张三,1\n", items(2, 18))), ["sheet-items-missing"]);
    assert_eq!(codes(&format!("姓名,{},3\n张三,1\n", items(1, 18))), ["sheet-item-twice"]);
    assert_eq!(codes(&format!("班级,{}\n张三,1\n", items(1, 18))), ["sheet-no-child"]);
    assert_eq!(codes("姓名,班级\n张三,四年级1班\n"), ["sheet-no-items"]);
    // A questionnaire program that numbers the name and the class as well: item 1 would be its third question.
    let numbered = format!("1、您的姓名,2、您的班级,{}\n张三,四年级1班,1\n", items(3, 20));
    assert_eq!(codes(&numbered), ["sheet-item-unknown", "sheet-item-unknown", "sheet-items-missing"]);
}

#[test]
fn sums_of_subscales_are_read_where_there_are_no_items() {
    let reading = reading(
        "sdq-parent",
        "姓名,情绪症状,品行问题,多动注意,同伴交往,亲社会行为,总分\n张三,5,2,6,4,7,17\n李四,11,,1,1,1,\n",
    );
    let totals = Totals { parts: [5, 2, 6, 4, 7].map(Some).to_vec(), validity: None };
    assert_eq!(reading.rows[0].given, Some(Given::Totals(totals)));
    assert_eq!(reading.rows[1].problems[0].code, "score-wrong");
}

#[test]
fn a_sheet_of_instructions_is_left_out() {
    let cell = |text: &str| Cell::Text(text.to_owned());
    let row = |number: u32, cells: &[&str]| Row { number, cells: cells.iter().map(|text| cell(text)).collect() };
    let sheet = |name: &str, rows: Vec<Row>| Sheet {
        name: Some(name.to_owned()),
        hidden: false,
        rows,
        merges: Vec::new(),
        from_1904: false,
    };
    let numbers: Vec<String> = (1..=18).map(|item| item.to_string()).collect();
    let header: Vec<&str> = std::iter::once("姓名").chain(numbers.iter().map(String::as_str)).collect();
    let answers: Vec<&str> = std::iter::once("张三").chain(["1"; 18]).collect();
    let answered = sheet("四年级", vec![row(1, &header), row(2, &answers)]);
    let told = sheet("说明", vec![row(1, &["请如实作答"])]);
    let read = |sheets: &[Sheet]| with_reader("dsrsc", |reader| reader.read(sheets));
    let both = read(&[told.clone(), answered]);
    assert_eq!((both.problems.len(), both.rows.len(), both.left_out), (0, 1, vec!["说明".to_owned()]));
    assert_eq!(read(&[told]).problems[0].code, "sheet-no-items");
}

#[test]
fn a_child_without_any_answer_was_not_there() {
    let items = header(|item| item.to_string(), 18);
    let reading = reading("dsrsc", &format!("姓名,备注,{items}\n张三,请假,,,,\n合计,1人\n"));
    assert_eq!((reading.rows.len(), reading.rows[0].given.clone()), (1, None));
}
