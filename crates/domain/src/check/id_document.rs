//! Identity papers of every kind. Kinds have the codes of GA/T 2000.156 (DOMAIN §3.3).

use super::{
    Fault, Passed, half_width,
    id_number::{check_character, checked, id_birth, id_number, plausible_birth, province},
    uscc,
};
use jiff::civil::Date;

/// Kinds of papers, each with its code and what it is called.
pub const ID_KINDS: [(&str, &str); 6] = [
    (RESIDENT_CARD, "居民身份证"),
    ("113", "户口簿"),
    ("414", "普通护照"),
    ("511", "台湾居民来往大陆通行证"),
    ("516", "港澳居民来往内地通行证"),
    ("553", "外国人永久居留身份证"),
];

/// Also of the residence permits of Hong Kong, Macao and Taiwan residents (港澳台居民居住证, 国办发〔2018〕81号): their
/// numbers follow the same standard.
pub const RESIDENT_CARD: &str = "111";

/// Of a legal person or another organisation there is a unified social credit code instead (GB 32100-2015); GA/T 2000.156 has
/// codes for people's papers alone.
pub const CREDIT_CODE: &str = "USCC";

/// What the number of a kind of paper is called on forms: 居民身份证, 普通护照, 统一社会信用代码; 证件 for an unknown one.
pub fn id_kind_name(kind: &str) -> &'static str {
    match kind {
        CREDIT_CODE => "统一社会信用代码",
        _ => ID_KINDS.iter().find(|(code, _)| *code == kind).map_or("证件", |(_, zh)| zh),
    }
}

/// Whoever has no paper yet goes by a temporary number: `NB`, the guardian's number, the birth date (DOMAIN §8.1).
pub const NEWBORN: &str = "NB";

/// The code of a kind of paper that people call so; residence permits count as resident cards.
pub fn id_kind(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let also = |code| match code {
        RESIDENT_CARD => ["身份证", "港澳台居民居住证", "港澳居民居住证", "台湾居民居住证"].as_slice(),
        "113" => &["户口本"],
        "414" => &["护照"],
        "511" => &["台胞证", "台湾通行证"],
        "516" => &["回乡证", "港澳通行证"],
        "553" => &["外国人永久居留证"],
        _ => &[],
    };
    let known = ID_KINDS.iter().find(|(code, zh)| name == *code || name == *zh || also(code).contains(&name));
    known.map(|(code, _)| *code)
}

/// The temporary number of a child; the guardian's number has to be in its normal form.
pub fn newborn_number(guardian: &str, born: Date) -> String {
    format!("{NEWBORN}{guardian}{}", born.strftime("%Y%m%d"))
}

/// A number that stands until there is a real one. Passports of other countries may begin with the same letters.
pub fn id_temporary(number: &str) -> bool {
    number.starts_with(NEWBORN) && number.chars().count() == NEWBORN.len() + 18 + 8
}

/// The date of birth that a number tells, of the kinds of which it does.
pub fn id_document_birth(kind: &str, number: &str) -> Option<Date> {
    if id_temporary(number) {
        return id_birth(&format!("000000{}", number.get(NEWBORN.len() + 18..)?));
    }
    let tells = kind == RESIDENT_CARD || kind == "553";
    if tells && number.len() == 18 { id_birth(number) } else { None }
}

/// The number of a paper. Of a kind that has no rule here only blanks and width are put right.
pub fn id_document(kind: &str, text: &str, today: Date) -> Result<Passed, Fault> {
    let number = half_width(text);
    if id_temporary(&number) {
        return newborn(number, today);
    }
    match kind {
        RESIDENT_CARD => id_number(text, today),
        CREDIT_CODE => uscc(text),
        "414" => passport(number),
        "511" => taiwan_permit(number),
        "516" => hong_kong_macao_permit(number),
        "553" => permanent_residence(number, today),
        _ if number.is_empty() => Err(Fault::new("id-empty", "还没有填证件号码。")),
        _ => Ok(Passed::clean(number)),
    }
}

/// A letter and eight digits (E12345678), two letters and seven (EA1234567), or another country's: at most nine letters
/// and digits (ICAO 9303).
fn passport(number: String) -> Result<Passed, Fault> {
    let form = (5..=9).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && number.bytes().filter(u8::is_ascii_digit).count() >= 4;
    if form {
        return Ok(Passed::clean(number));
    }
    Err(Fault::new("passport-form", "护照号码是 5 到 9 位字母和数字。请对照护照资料页再看一遍。"))
}

/// Eight digits on today's cards, ten with a letter in the booklets before 2015.
fn taiwan_permit(number: String) -> Result<Passed, Fault> {
    let booklet = number.replace(['(', ')'], "");
    let (digits, letter) = booklet.split_at(booklet.bytes().take_while(u8::is_ascii_digit).count());
    let letters = letter.len() <= 1 && letter.bytes().all(|byte| byte.is_ascii_uppercase());
    match digits.len() {
        8 if letter.is_empty() => Ok(Passed::clean(booklet)),
        10 if letters => Ok(Passed::clean(booklet)),
        _ => Err(Fault::new("taiwan-permit-form", "台湾居民来往大陆通行证是 8 位数字。请对照证件再看一遍。")),
    }
}

/// H or M and eight digits; until 2013 two more for the number of times that it was replaced.
fn hong_kong_macao_permit(number: String) -> Result<Passed, Fault> {
    let digits = number.strip_prefix(['H', 'M']).unwrap_or_default();
    if matches!(digits.len(), 8 | 10) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Passed::clean(number));
    }
    Err(Fault::new(
        "hong-kong-macao-permit-form",
        "港澳居民来往内地通行证是 H 或 M 加 8 位数字。请对照证件再看一遍。",
    ))
}

/// Since 2023 eighteen characters: 9, province, nationality (three digits), birth, order and the check character of
/// GB 11643. Before that fifteen: three letters, region, birth without its century, order and a check digit.
fn permanent_residence(number: String, today: Date) -> Result<Passed, Fault> {
    let wrong = |code, message: &str| Err(Fault::new(code, message));
    match number.chars().count() {
        18 => {
            checked(&number)?;
            if !number.starts_with('9') || !province(&number[1..]) {
                return wrong("residence-form", "第 1 位要是 9，第 2、3 位是省的代码。对着证件再看一遍。");
            }
            if !id_birth(&number).is_some_and(|birth| plausible_birth(birth, today)) {
                return wrong("id-date", "第 7 到 14 位的出生日期不对。对着证件再看一遍。");
            }
            if !number.ends_with(check_character(&number[..17])) {
                return wrong("id-check-digit", "最后一位和前面对不上，有一位记错了。对着证件再看一遍。");
            }
            Ok(Passed::clean(number))
        }
        15 => {
            let letters = number.bytes().take(3).all(|byte| byte.is_ascii_uppercase());
            if !number.is_ascii() || !letters || !number.bytes().skip(3).all(|byte| byte.is_ascii_digit()) {
                return wrong("residence-form", "旧证是 3 个字母加 12 位数字。对着证件再看一遍。");
            }
            let day = |century: &str| id_birth(&format!("000000{century}{}", &number[7..13]));
            if !["19", "20"].iter().any(|century| day(century).is_some_and(|day| plausible_birth(day, today)))
            {
                return wrong("id-date", "第 8 到 13 位的出生日期不对。对着证件再看一遍。");
            }
            Ok(Passed::clean(number))
        }
        length => wrong(
            "residence-length",
            &format!("外国人永久居留身份证要 18 位（旧证 15 位），现在是 {length} 位。对着证件再看一遍。"),
        ),
    }
}

fn newborn(number: String, today: Date) -> Result<Passed, Fault> {
    let guardian: String = number.chars().skip(NEWBORN.len()).take(18).collect();
    id_number(&guardian, today)?;
    let born = id_document_birth(RESIDENT_CARD, &number);
    if born.is_some_and(|born| plausible_birth(born, today)) {
        return Ok(Passed::clean(number));
    }
    Err(Fault::new(
        "newborn-date",
        "临时号码是 NB、监护人的身份证号码、8 位出生日期。出生日期不对，请再看一遍。",
    ))
}
