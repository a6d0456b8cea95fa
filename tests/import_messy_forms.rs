//! Forms as other schools type them: other headers, two and three header rows, both parents in a cell. Each is the
//! smallest one that shows its difficulty.

use guanai::import::{
    Answers, CensusOptions, CensusRow, Does, Facts, Form, Reading, RefusedRow, Synonyms, read, read_census, reconcile,
};
use guanai::model::{Ability, Benefit, Class, Gender, HealthStatus, IdSource, Income, ParentStatus, Relation, Student};

static NO_ANSWERS: Answers = Answers { given: Vec::new(), remembered: Vec::new() };

fn form<'a>(rows: Vec<CensusRow>, refused: &'a [RefusedRow], on: &str) -> Form<'a> {
    Form { rows, refused, answers: &NO_ANSWERS, day: on.parse().unwrap() }
}

fn reading(text: &str) -> Reading {
    let synonyms = Synonyms::parse("import/census.toml", include_str!("../data-template/import/census.toml")).unwrap();
    let options = CensusOptions { day: "2026-09-10".parse().unwrap(), school_years: 6, id_from: None, sheet: None };
    read_census("form.csv", &read("form.csv", text.as_bytes()).unwrap(), &synonyms, &options)
}

/// The facts of a form without a fault.
fn facts(text: &str) -> Vec<Facts> {
    let reading = reading(text);
    let problems: Vec<String> = reading.all_problems().map(ToString::to_string).collect();
    assert_eq!(problems, Vec::<String>::new());
    reading.rows.into_iter().map(|row| row.facts).collect()
}

fn one(text: &str) -> Facts {
    let mut facts = facts(text);
    assert_eq!(facts.len(), 1, "{facts:#?}");
    facts.remove(0)
}

fn class(text: &str) -> Option<Class> {
    Some(text.parse().unwrap())
}

fn place(facts: &Facts, relation: Relation) -> Option<&str> {
    let parent = facts.parents.iter().find(|parent| parent.relation == relation)?;
    parent.away.first()?.place.as_deref()
}

fn codes(text: &str) -> Vec<(&'static str, Option<u32>)> {
    reading(text).all_problems().map(|problem| (problem.code, problem.place.row())).collect()
}

#[test]
fn other_words_for_the_same_columns() {
    let child = one("关爱台账\n填报单位：青石小学,,,,,,,,,,\n\
        序号,儿童姓名,性别,身份证,年班,户口所在地,爸爸姓名,现监护人,与儿童关系,监护人联系方式,留守类型,是否低保,困难类型,兴趣爱好,性格特点\n\
        1,易怡子,男,529903202005175058,一(1)班,大坝村,易诗桂,吴明石,奶奶,154-0000-8992,双亲留守,是,建档立卡户,画画,内向\n\
        合计,1人\n填表人：张老师,,,审核人：");
    assert_eq!((child.name.as_str(), child.gender, child.class), ("易怡子", Some(Gender::Male), class("2026-1")));
    assert_eq!(child.born, Some("2020-05-17".parse().unwrap()));
    assert_eq!(child.hukou_address.as_deref(), Some("大坝村"));
    let guardian = &child.guardians[0];
    assert_eq!(guardian.relation, Some(Relation::PaternalGrandmother));
    assert_eq!((guardian.name.as_deref(), guardian.phone.as_deref()), (Some("吴明石"), Some("15400008992")));
    assert_eq!(child.reported.as_ref().unwrap().away_parents, Some(2));
    assert_eq!((child.subsistence, child.low_income), (Some(true), Some(true)));
    assert_eq!(child.study.interests.as_deref(), Some("画画"));
    assert!(child.extra.is_empty(), "{:?}", child.extra);
}

#[test]
fn three_header_rows_are_joined() {
    let child = one("农村留守儿童信息表,,,,,,,,,,,,,\n\
        基本情况,,,,家庭情况,,,,,,监护情况,,,备注\n\
        姓名,性别,年级,班级,父亲,,,母亲,,,监护人,,,\n\
        ,,,,姓名,外出地点,电话,姓名,外出地点,电话,姓名,关系,电话,\n\
        侯浩辉,男,四年级,（2）班,侯辉娟,浙江省温州市,15400004350,乔志鹏,上海市,15400004279,郝欣金,爷爷,15400007469,好\n");
    assert_eq!((child.name.as_str(), child.class), ("侯浩辉", class("2023-2")));
    assert_eq!(place(&child, Relation::Father), Some("浙江省温州市"));
    assert_eq!(place(&child, Relation::Mother), Some("上海市"));
    assert_eq!(child.parents[1].phone.as_deref(), Some("15400004279"));
    assert_eq!(child.guardians[0].name.as_deref(), Some("郝欣金"));
    assert_eq!(child.guardians[0].phone.as_deref(), Some("15400007469"));
    assert_eq!(child.note.as_deref(), Some("好"));
}

#[test]
fn phones_without_an_owner_follow_the_name_on_their_left() {
    let child = one("姓名,班级,联系电话,父亲姓名,联系电话,母亲姓名,联系电话\n\
        白燕,402,15400000001,白海志,15400000002,易鹏,15400000003 15400000004\n");
    assert_eq!(child.phone.as_deref(), Some("15400000001"));
    assert_eq!(child.parents[0].phone.as_deref(), Some("15400000002"));
    assert_eq!(child.parents[1].phone.as_deref(), Some("15400000003"));
    assert_eq!(child.parents[1].other_phone.as_deref(), Some("15400000004"));
}

#[test]
fn both_parents_in_one_cell_are_parted() {
    let rows = facts(
        "姓名,班级,父母姓名,父母联系电话,父母务工地点\n\
        白燕,4.2,白海志/易鹏,15400000002、15400000003,广东深圳/浙江温州\n\
        白艳,4.2,母：易英 父：白刚,15400000002,上海市\n\
        白雪,4.2,白强、黄玲,,在家/上海\n",
    );
    assert_eq!(rows[0].parents[1].name.as_deref(), Some("易鹏"));
    assert_eq!(rows[0].parents[1].phone.as_deref(), Some("15400000003"));
    assert_eq!(place(&rows[0], Relation::Mother), Some("浙江温州"));
    assert_eq!(rows[1].parents[0].name.as_deref(), Some("白刚"));
    assert_eq!(rows[1].phone.as_deref(), Some("15400000002"));
    assert_eq!(place(&rows[1], Relation::Father), Some("上海市"));
    assert_eq!((place(&rows[2], Relation::Father), place(&rows[2], Relation::Mother)), (None, Some("上海")));
}

#[test]
fn who_is_away_since_when_and_who_is_not() {
    let rows = facts(
        "姓名,班级,外出情况,外出时间,父亲姓名,父亲去向,母亲姓名,母亲去向\n\
        甲一,三1班,父外出,2021.3,张一,,李一,\n\
        甲二,三1班,父母均外出,2021年2月15日,张二,广东,李二,\n\
        甲三,三1班,,,张三（已故）,,李三,在家务农\n\
        甲四,三1班,单亲留守,去年,张四,服刑,李四,外出务工\n",
    );
    assert_eq!(rows[0].parents[0].away[0].from.unwrap().to_string(), "2021-03");
    assert!(rows[0].parents[1].away.is_empty());
    assert_eq!(rows[1].parents[1].away[0].from.unwrap().to_string(), "2021-02-15");
    assert_eq!(rows[2].parents[0].name.as_deref(), Some("张三"));
    assert_eq!(rows[2].parents[0].status, Some(ParentStatus::Deceased));
    assert!(rows[2].parents[1].away.is_empty());
    assert_eq!(rows[2].extra["母亲去向"], "在家务农");
    assert_eq!(rows[3].reported.as_ref().unwrap().away_parents, Some(1));
    assert_eq!(rows[3].parents[0].status, Some(ParentStatus::Imprisoned));
    assert_eq!((rows[3].parents[1].away.len(), place(&rows[3], Relation::Mother)), (1, None));
    assert_eq!(rows[3].extra["外出时间"], "去年");
}

#[test]
fn guardians_in_every_shape() {
    let rows = facts(
        "姓名,班级,父亲姓名,监护人,与监护人关系,监护能力,联系电话\n\
        甲一,三1班,张一,王大山、李秀英,爷爷奶奶,一般,15400000001\n\
        甲二,三1班,张二,李秀英,祖父母,较好,\n\
        甲三,三1班,张三,奶奶,,差,15400000003\n\
        甲四,三1班,张四,张四,,,\n\
        甲五,三1班,张五,王五（外公）,,,\n\
        甲六,三1班,张六,奶奶:李六,,,\n\
        甲七,三1班,张七,无,/,,15400000007\n",
    );
    let relations =
        |facts: &Facts| facts.guardians.iter().map(|guardian| guardian.relation.unwrap()).collect::<Vec<_>>();
    assert_eq!(relations(&rows[0]), [Relation::PaternalGrandfather, Relation::PaternalGrandmother]);
    assert_eq!(rows[0].guardians[0].phone.as_deref(), Some("15400000001"));
    assert_eq!(rows[0].guardians[0].ability, Some(Ability::Fair));
    assert_eq!(relations(&rows[1]), [Relation::PaternalGrandparents]);
    assert_eq!((relations(&rows[2]), &rows[2].guardians[0].name), (vec![Relation::PaternalGrandmother], &None));
    assert_eq!(relations(&rows[3]), [Relation::Father]);
    assert_eq!(
        (relations(&rows[4]), rows[4].guardians[0].name.as_deref()),
        (vec![Relation::MaternalGrandfather], Some("王五"))
    );
    assert_eq!(
        (relations(&rows[5]), rows[5].guardians[0].name.as_deref()),
        (vec![Relation::PaternalGrandmother], Some("李六"))
    );
    assert!(rows[6].guardians.is_empty());
    assert_eq!(rows[6].phone.as_deref(), Some("15400000007"));
}

#[test]
fn coded_exports_read_like_worded_ones() {
    let child = one(
        "年级,班级,学籍号,姓名,性别,出生日期,民族,身份证件类型,身份证件号,户口性质,就读方式,健康状况,是否留守儿童,入学年月,\
        成员1姓名,成员1关系,成员1是否监护人,成员1联系电话,成员2姓名,成员2关系,成员2是否监护人,成员2联系电话,上下学距离\n\
        4,2,G52990120160306123X,王小明,1,20160306,06,1,,1,2,10,1,202309,王大山,51,0,15400000001,李秀英,62,1,15400000002,3\n",
    );
    assert_eq!((child.class, child.gender, child.boarding), (class("2023-2"), Some(Gender::Male), Some(true)));
    assert_eq!(child.ethnicity.as_deref(), Some("苗族"));
    assert_eq!(child.parents[0].name.as_deref(), Some("王大山"));
    assert_eq!(child.guardians[0].relation, Some(Relation::PaternalGrandmother));
    assert_eq!(child.guardians[0].phone.as_deref(), Some("15400000002"));
    assert_eq!(child.reported.as_ref().unwrap().away_parents, Some(1));
    assert_eq!(child.entry.unwrap().to_string(), "2023-09");
    assert_eq!(child.extra["上下学距离"], "3");
}

#[test]
fn a_second_page_and_the_title_of_a_second_class_are_no_students() {
    let rows = facts(
        "一年级1班留守儿童名单,,\n姓名,性别,家庭住址\n甲一,男,一组\n\n二年级2班留守儿童名单,,\n姓名,性别,家庭住址\n甲二,女,二组\n小计,2,\n\
        注：本表一式两份，学校和中心校各存一份，每学期开学时上报,,\n",
    );
    let classes: Vec<_> = rows.iter().map(|facts| (facts.name.as_str(), facts.class)).collect();
    assert_eq!(classes, [("甲一", class("2026-1")), ("甲二", class("2025-2"))]);
}

#[test]
fn sets_are_listed_in_a_cell_or_marked_in_columns() {
    let child = one("姓名,班级,家庭经济来源,,,救助帮扶情况,是否寄宿,身体状况\n,,打工收入,种养殖业,其他,,,\n\
        甲一,三1班,✓,×,Y,低保、医疗救助,无,哮喘\n");
    assert_eq!(child.income, [Income::MigrantWork, Income::Other]);
    assert_eq!(child.benefits, [Benefit::Subsistence, Benefit::Medical]);
    assert_eq!(child.boarding, Some(false));
    assert_eq!((child.health.status, child.health.note.as_deref()), (None, Some("哮喘")));
}

#[test]
fn every_fault_of_a_form_is_named_at_once() {
    let text = "姓名,出生年月,身份证号,班级,电话\n\
        甲一,2015.3,,三1班,\n甲二,2015-03-06,5.29903E+17,三1班,\n甲三,2015-03-06,,三年级八,\n甲四,,,五1班,1234567\n\
        甲五,,52990320200517505,一1班,\n甲六,2020-05,529903202005175058,一1班,\n甲七,2020-06,529903202005175058,一1班,\n";
    assert_eq!(
        codes(text),
        [
            ("month-only", Some(2)),
            ("id-rounded", Some(3)),
            ("phone", Some(5)),
            ("id-length", Some(6)),
            ("born-against-id", Some(8)),
        ]
    );
}

#[test]
fn no_message_holds_a_whole_id_number() {
    let reading = reading("姓名,身份证号\n甲一,529903202005175059\n甲二,52990320200517505\n");
    for problem in reading.all_problems() {
        assert!(problem.values.iter().all(|(_, value)| !value.contains("2020")), "{problem}");
    }
}

#[test]
fn one_child_on_two_rows_is_taken_once_or_refused() {
    let verdicts = |text: &str| {
        let reading = reading(text);
        let mut ids = IdSource::Seeded(1);
        let verdicts = reconcile(&[], form(reading.rows, &reading.refused, "2026-09-10"), &mut ids).verdicts;
        verdicts
            .into_iter()
            .map(|verdict| match verdict.does {
                Does::Add(_) => "add",
                Does::Change { .. } => "change",
                Does::Nothing(_) => "nothing",
                Does::Refuse(problems) => problems[0].code,
            })
            .collect::<Vec<_>>()
    };
    let head = "姓名,身份证号,班级,住址\n";
    let row = "易怡子,529903202005175058,一1班,一组\n";
    assert_eq!(verdicts(&format!("{head}{row}{row}")), ["add", "nothing"]);
    assert_eq!(
        verdicts(&format!("{head}{row}易怡子,529903202005175058,一1班,二组\n")),
        ["same-child-twice", "same-child-twice"]
    );
    assert_eq!(
        verdicts(&format!("{head}{row}易怡,529903202005175058,一1班,一组\n")),
        ["same-id-two-names", "same-id-two-names"]
    );
}

#[test]
fn an_empty_cell_erases_nothing_and_a_new_place_is_a_new_absence() {
    let day = |text: &str| text.parse().unwrap();
    let first = reading("姓名,班级,住址,父亲姓名,父亲务工地点,监护人\n甲一,三1班,一组,张一,广东,李秀英\n");
    let mut ids = IdSource::Seeded(1);
    let reconciled = reconcile(&[], form(first.rows, &[], "2026-09-10"), &mut ids);
    let Does::Add(student) = &reconciled.verdicts[0].does else { panic!() };
    let students: Vec<Student> = vec![(**student).clone()];
    let second = reading("姓名,班级,住址,父亲姓名,父亲务工地点,监护人\n甲一,三1班,,,浙江,王大山\n");
    let reconciled = reconcile(&students, form(second.rows, &[], "2027-03-01"), &mut ids);
    let Does::Change { after, .. } = &reconciled.verdicts[0].does else { panic!("{reconciled:#?}") };
    assert_eq!(after.address.as_deref(), Some("一组"));
    let father = &after.parent[0];
    assert_eq!((father.name.as_deref(), father.away.len()), (Some("张一"), 2));
    assert_eq!(father.away[0].until, Some(day("2027-02-28")));
    assert_eq!(father.away_on(day("2027-03-01")).unwrap().place.as_deref(), Some("浙江"));
    assert_eq!(after.guardian_on(day("2027-02-28")).unwrap().name.as_deref(), Some("李秀英"));
    assert_eq!(after.guardian_on(day("2027-03-01")).unwrap().name.as_deref(), Some("王大山"));
}

#[test]
fn a_disabled_child_who_is_ill_keeps_both_and_a_lone_class_cell_is_missed_aloud() {
    let reading = reading("姓名,班级,身体情况,,,\n,,健康,残疾,患病,残疾类别及等级\n甲一,,,√,√,肢体二级\n");
    let health = &reading.rows[0].facts.health;
    assert_eq!(health.status, Some(HealthStatus::Disabled));
    assert_eq!((health.illness.as_deref(), health.disability.as_deref()), (Some("患病"), Some("肢体二级")));
    assert_eq!(reading.warnings[0].code, "class-missing");
}

#[test]
fn a_grade_that_the_school_does_not_have_is_named_in_its_own_column() {
    let reading = reading("姓名,年级,班级,备注,备注\n甲一,七年级,1班,,\n甲二,三年级,一班,好,更好\n甲三,三年级,X班,,\n");
    let columns: Vec<_> = reading.all_problems().map(|problem| problem.place.to_string()).collect();
    assert_eq!(columns, ["form.csv!2!年级", "form.csv!4!班级"]);
    assert_eq!(reading.rows[0].facts.note.as_deref(), Some("好"));
    assert_eq!(reading.rows[0].facts.extra["备注"], "更好");
}
