//! Numbers of lists as documents count them: letters, Roman and Chinese ones.

/// How a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// 01, 02, 03.
    Padded,
    /// A, B, C, and after Z AA, BB.
    UpperLetter,
    /// a, b, c.
    LowerLetter,
    /// I, II, III.
    UpperRoman,
    /// i, ii, iii.
    LowerRoman,
    /// 一, 二, 三.
    Chinese,
    /// 〇, 一, 二, digit by digit.
    ChineseDigits,
    /// 壹, 贰, 叁.
    Accounts,
    /// 甲, 乙, 丙.
    Stems,
    /// 子, 丑, 寅.
    Branches,
    /// ①, ②, ③.
    Circled,
    /// １, ２, ３.
    FullWidth,
    /// ⑴, ⑵, ⑶.
    Bracketed,
    /// A sign that is no number.
    Bullet,
    /// Nothing shows.
    None,
}

impl Style {
    /// By its name in Word.
    pub(super) fn of_word(name: &str) -> Self {
        match name {
            "decimalZero" => Self::Padded,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "chineseCounting"
            | "chineseCountingThousand"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "japaneseCounting"
            | "ideographZodiacTraditional" => Self::Chinese,
            "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => Self::ChineseDigits,
            "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => Self::Accounts,
            "ideographTraditional" => Self::Stems,
            "ideographZodiac" => Self::Branches,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" | "ideographEnclosedCircle" => {
                Self::Circled
            }
            "decimalFullWidth" | "decimalFullWidth2" => Self::FullWidth,
            "decimalEnclosedParen" => Self::Bracketed,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            _ => Self::Decimal,
        }
    }

    /// By its sign in ODT.
    pub(super) fn of_sign(sign: &str) -> Self {
        match sign {
            "" => Self::None,
            "A" => Self::UpperLetter,
            "a" => Self::LowerLetter,
            "I" => Self::UpperRoman,
            "i" => Self::LowerRoman,
            _ if sign.starts_with('一') => Self::Chinese,
            _ if sign.starts_with('壹') => Self::Accounts,
            _ if sign.starts_with('甲') => Self::Stems,
            _ if sign.starts_with('子') => Self::Branches,
            _ if sign.starts_with('①') => Self::Circled,
            _ if sign.starts_with('１') => Self::FullWidth,
            _ if sign.starts_with("01") => Self::Padded,
            _ => Self::Decimal,
        }
    }

    /// A number as it is written.
    pub(super) fn write(self, number: u32) -> String {
        match self {
            Self::Decimal => number.to_string(),
            Self::Padded => format!("{number:02}"),
            Self::UpperLetter => letters(number, 'A'),
            Self::LowerLetter => letters(number, 'a'),
            Self::UpperRoman => roman(number),
            Self::LowerRoman => roman(number).to_lowercase(),
            Self::Chinese => chinese(number, "零一二三四五六七八九", ["", "十", "百", "千"], true),
            Self::Accounts => chinese(number, "零壹贰叁肆伍陆柒捌玖", ["", "拾", "佰", "仟"], false),
            Self::ChineseDigits => digits(number, "〇一二三四五六七八九"),
            Self::FullWidth => digits(number, "０１２３４５６７８９"),
            Self::Stems => cycle(number, "甲乙丙丁戊己庚辛壬癸"),
            Self::Branches => cycle(number, "子丑寅卯辰巳午未申酉戌亥"),
            Self::Circled => listed(number, '①'),
            Self::Bracketed => listed(number, '⑴'),
            Self::Bullet | Self::None => String::new(),
        }
    }
}

/// Letters, doubled after the last one. More than ten alike are written as digits.
fn letters(number: u32, first: char) -> String {
    let Some(at) = number.checked_sub(1) else { return "0".to_owned() };
    let (times, letter) = (at.div_euclid(26).saturating_add(1), at.rem_euclid(26));
    let letter = char::from_u32(u32::from(first).saturating_add(letter));
    match (letter, usize::try_from(times)) {
        (Some(letter), Ok(times)) if times < 11 => letter.to_string().repeat(times),
        _ => number.to_string(),
    }
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1_000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 3_999 {
        return number.to_string();
    }
    let (mut rest, mut text) = (number, String::new());
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest = rest.saturating_sub(value);
        }
    }
    text
}

/// A number below ten thousand with its places; `short` writes 十 for 一十.
fn chinese(number: u32, digits: &str, places: [&str; 4], short: bool) -> String {
    if number == 0 || number > 9_999 {
        return self::digits(number, digits);
    }
    let (mut text, mut zero) = (String::new(), false);
    for (power, place) in (0..4_u32).zip(places).rev() {
        let digit = number.div_euclid(10_u32.pow(power)).rem_euclid(10);
        if digit == 0 {
            zero = !text.is_empty();
            continue;
        }
        if zero {
            text.extend(digits.chars().next());
            zero = false;
        }
        if !(short && power == 1 && digit == 1 && text.is_empty()) {
            text.extend(digits.chars().nth(usize::try_from(digit).unwrap_or(0)));
        }
        text.push_str(place);
    }
    text
}

fn digits(number: u32, digits: &str) -> String {
    let value = |c: char| c.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
    number.to_string().chars().filter_map(|c| digits.chars().nth(value(c)?)).collect()
}

fn cycle(number: u32, names: &str) -> String {
    let names: Vec<char> = names.chars().collect();
    let at = usize::try_from(number.saturating_sub(1)).unwrap_or(0).checked_rem(names.len());
    at.and_then(|at| names.get(at)).map(char::to_string).unwrap_or_default()
}

/// One of twenty signs in a row.
fn listed(number: u32, first: char) -> String {
    let sign = number
        .checked_sub(1)
        .filter(|at| *at < 20)
        .and_then(|at| char::from_u32(u32::from(first).checked_add(at)?));
    sign.map_or_else(|| number.to_string(), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_processors_write_them() {
        for (style, number, text) in [
            (Style::Decimal, 12, "12"),
            (Style::Padded, 3, "03"),
            (Style::UpperLetter, 2, "B"),
            (Style::LowerLetter, 28, "bb"),
            (Style::UpperLetter, 0, "0"),
            (Style::LowerLetter, 4_000_000_000, "4000000000"),
            (Style::UpperRoman, 1_994, "MCMXCIV"),
            (Style::LowerRoman, 4, "iv"),
            (Style::Chinese, 10, "十"),
            (Style::Chinese, 25, "二十五"),
            (Style::Chinese, 105, "一百零五"),
            (Style::Chinese, 1_010, "一千零一十"),
            (Style::Accounts, 12, "壹拾贰"),
            (Style::ChineseDigits, 10, "一〇"),
            (Style::Stems, 11, "甲"),
            (Style::Circled, 20, "⑳"),
            (Style::Circled, 21, "21"),
            (Style::FullWidth, 10, "１０"),
            (Style::Bullet, 5, ""),
        ] {
            assert_eq!(style.write(number), text, "{style:?}");
        }
        assert_eq!(Style::of_word("chineseCountingThousand"), Style::of_sign("一, 二, 三, ..."));
    }
}
