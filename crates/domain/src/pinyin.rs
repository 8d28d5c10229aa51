//! Pinyin: initials, for finding names and items by typing their first letters, and whole readings.

use pinyin::ToPinyin;

/// Surnames that are read otherwise than their characters usually are.
const SURNAMES: [(&str, &str); 22] = [
    ("单", "s"),
    ("仇", "q"),
    ("查", "z"),
    ("解", "x"),
    ("曾", "z"),
    ("朴", "p"),
    ("区", "o"),
    ("盖", "g"),
    ("任", "r"),
    ("翟", "z"),
    ("覃", "q"),
    ("种", "c"),
    ("员", "y"),
    ("乐", "y"),
    ("折", "s"),
    ("缪", "m"),
    ("那", "n"),
    ("繁", "p"),
    ("尉迟", "yc"),
    ("万俟", "mq"),
    ("澹台", "tt"),
    ("长孙", "zs"),
];

/// How a text is read, without tones; what has no reading stays as it is.
pub fn read(text: &str) -> String {
    let mut read = String::new();
    for c in text.chars() {
        match c.to_pinyin() {
            Some(reading) => read.push_str(reading.plain()),
            None => read.push(c),
        }
    }
    read
}

/// The initials of a text in lower case; letters and digits stay, what has no reading is dropped.
pub fn initials(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c.to_pinyin() {
            Some(reading) => reading.first_letter().chars().next(),
            None => c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase()),
        })
        .collect()
}

/// How a character is read, without its tone.
pub fn syllable(c: char) -> Option<&'static str> {
    c.to_pinyin().map(|reading| reading.plain())
}

/// The initials of a personal name, its surname read as a surname.
pub fn name_initials(name: &str) -> String {
    // Two characters are looked for first: 尉迟 before 尉.
    let known = SURNAMES.iter().rev().find(|(surname, _)| name.starts_with(surname));
    match known {
        Some((surname, read)) => format!("{read}{}", initials(&name[surname.len()..])),
        None => initials(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_items_read_as_people_read_them() {
        assert_eq!(name_initials("单雄信"), "sxx");
        assert_eq!(name_initials("尉迟恭"), "ycg");
        assert_eq!(name_initials("阿卜杜·买买提"), "abdmmt");
        assert_eq!(initials("城乡居民基本养老保险参保登记"), "cxjmjbylbxcbdj");
        assert!(initials("城乡居民基本养老保险参保登记").contains("ylbx"));
    }
}
