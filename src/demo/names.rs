//! Invented names of places and people, identity numbers, telephone numbers and credit codes.
//!
//! Identity numbers and credit codes only satisfy their check digits; telephone numbers are of a range no private
//! person has.

use std::sync::LazyLock;

use super::random::Random;
use crate::table::date::Date;

/// Syllables of place names, each before the letter its pinyin begins with: own standards are numbered by it.
const FIRST: &str = "东D南N北B安A平P永Y新X宁N江J海H山S金J清Q龙L凤F云Y泰T福F文W武W高G青Q白B黄H天T玉Y银Y临L丰F广G明M光G秀X祥X瑞R昌C春C秋Q松S竹Z梅M兰L桃T柳L莲L";
const SECOND: &str = "山S河H江J湖H溪X泉Q川C城C阳Y州Z安A宁N平P丰F源Y昌C陵L岭L原Y林L港G湾W浦P塘T洲Z台T门M关G口K桥Q坪P岗G泽Z峰F坡P潭T";

struct Syllables(Vec<(char, char)>);

impl Syllables {
    fn of(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        Self(chars.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect())
    }

    fn at(&self, turn: usize) -> (char, char) {
        self.0.get(turn % self.0.len().max(1)).copied().unwrap_or_default()
    }
}

static FIRSTS: LazyLock<Syllables> = LazyLock::new(|| Syllables::of(FIRST));
static SECONDS: LazyLock<Syllables> = LazyLock::new(|| Syllables::of(SECOND));

/// The name of a place without its kind, and its initials. Names repeat only after all combinations.
pub(super) fn place(turn: usize) -> (String, String) {
    let firsts = FIRSTS.0.len().max(1);
    let (first, a) = FIRSTS.at(turn);
    // The second syllable moves on with every round of the first, and differs within one.
    let (second, b) = SECONDS.at(turn / firsts + (turn % firsts).wrapping_mul(7));
    (String::from_iter([first, second]), String::from_iter([a, b]))
}

static SURNAMES: LazyLock<Vec<&str>> =
    LazyLock::new(|| letters(include_str!("../../fixtures/maker/data/surnames.txt")));
static GIVEN: LazyLock<Vec<&str>> =
    LazyLock::new(|| letters(include_str!("../../fixtures/maker/data/given.txt")));
/// Surnames of those who inspect, review and teach: none of the staff has one, so nobody inspects himself.
const OFFICIAL: [&str; 16] =
    ["樊", "牛", "温", "芦", "季", "俞", "章", "鲁", "葛", "毛", "焦", "柴", "蓝", "聂", "解", "祁"];

fn letters(text: &'static str) -> Vec<&'static str> {
    text.trim().split("").filter(|letter| !letter.is_empty()).collect()
}

/// Adds the parts of a name: a surname and one or two more characters.
pub(super) fn person(random: &mut Random) -> [&'static str; 3] {
    let surname = random.pick(&SURNAMES);
    let short = random.percent(25);
    [surname, random.pick(&GIVEN), if short { "" } else { random.pick(&GIVEN) }]
}

/// The name of someone in office.
pub(super) fn official(random: &mut Random) -> String {
    let [_, one, two] = person(random);
    [random.pick(&OFFICIAL), one, two].concat()
}

/// Groups of people whose numbers never meet.
#[derive(Clone, Copy, Debug)]
pub(super) enum Block {
    Members = 0,
    Staff = 1,
    Objects = 2,
}

/// Birthdays in turn: from 1962 to 1996, so that everybody is of age and nobody retired.
const BIRTHDAYS: u64 = 12_784;
const FIRST_BIRTHDAY: (i16, i8, i8) = (1962, 1, 1);
const ORDERS: u64 = 33;
/// So many people of a group have numbers of their own.
pub(super) const PEOPLE: u64 = BIRTHDAYS * ORDERS;

/// The identity number of the `nth` of a group in an area: each has his own.
pub(super) fn id_number(area: &str, block: Block, nth: u64) -> String {
    let turn = i32::try_from(nth.wrapping_mul(7919) % BIRTHDAYS).unwrap_or(0);
    let (year, month, day) =
        Date::from_days(super::calendar::day(FIRST_BIRTHDAY) + turn).ymd().unwrap_or(FIRST_BIRTHDAY);
    let order = 900 + ORDERS * block as u64 + nth / BIRTHDAYS % ORDERS;
    let digits = format!("{area}{year:04}{month:02}{day:02}{order:03}");
    let check = checked(&digits);
    format!("{digits}{check}")
}

/// ISO 7064 MOD 11-2.
fn checked(digits: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.chars().zip(WEIGHTS).filter_map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum();
    "10X98765432".chars().nth((sum % 11) as usize).unwrap_or('X')
}

/// The telephone number of the `nth` of a group.
pub(super) fn phone(block: Block, nth: u64) -> String {
    format!("1440{}{:06}", 5 + block as u64, nth % 1_000_000)
}

const CREDIT: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The credit code of the `nth` body of a kind (91 a company, 52 an association), GB 32100.
pub(super) fn credit_code(kind: &str, area: &str, nth: u64) -> String {
    let body = format!("MA{nth:06}");
    let value = |c: char| c.to_digit(36).unwrap_or(0);
    let sum: u32 = body.chars().zip([3, 7, 9, 10, 5, 8, 4, 2]).map(|(c, weight)| value(c) * weight).sum();
    let check = match (11 - sum % 11) % 11 {
        10 => 'X',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    };
    let first = format!("{kind}{area}{body}{check}");
    let mut weight = 1;
    let mut total = 0;
    for c in first.chars() {
        total += CREDIT.find(c).unwrap_or(0) * weight;
        weight = weight * 3 % 31;
    }
    let last = CREDIT.chars().nth((31 - total % 31) % 31).unwrap_or('0');
    format!("{first}{last}")
}
