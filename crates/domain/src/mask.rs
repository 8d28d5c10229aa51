//! Masks for lists, slips and notices (DOMAIN §8.6, a reading of PIPL §28 and §34).

/// Identity numbers on lists and slips: the first six and the last four, 621099********0014. Shorter numbers keep their
/// ends.
pub fn id_no(number: &str) -> String {
    ends(number, 6, 4)
}

/// Identity numbers in a village's ledger, which lies open at the desk: the first and the last character.
pub fn id_no_ledger(number: &str) -> String {
    ends(number, 1, 1)
}

/// Telephone numbers on lists and slips: 138****5678.
pub fn mobile(number: &str) -> String {
    ends(number, 3, 4)
}

/// Names on public notices: 王*, 欧阳**; of a name with separators its first part.
pub fn name_public(name: &str) -> String {
    if let Some((first, rest)) = name.split_once('·') {
        return format!("{first}·{}", "*".repeat(rest.chars().filter(|c| *c != '·').count()));
    }
    let letters: Vec<char> = name.chars().collect();
    let surname =
        if letters.len() > 2 && COMPOUND.iter().any(|known| name.starts_with(known)) { 2 } else { 1 };
    let kept: String = letters.iter().take(surname).collect();
    kept + &"*".repeat(letters.len().saturating_sub(surname))
}

/// The usual surnames of two characters.
const COMPOUND: [&str; 18] = [
    "欧阳", "上官", "司马", "诸葛", "东方", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙",
    "司徒", "万俟", "呼延", "端木", "南宫",
];

fn ends(text: &str, first: usize, last: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    let (first, last) =
        if letters.len() > first + last { (first, last) } else { (letters.len() / 3, letters.len() / 3) };
    let hidden = letters.len() - first - last;
    letters.iter().enumerate().map(|(i, c)| if i < first || i >= first + hidden { *c } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_identifies_is_hidden() {
        assert_eq!(id_no("621099194203150014"), "621099********0014");
        assert_eq!(id_no_ledger("621099194203150014"), "6****************4");
        assert_eq!(mobile("13800005678"), "138****5678");
        assert_eq!(mobile("0900-6210120"), "090*****0120");
        assert_eq!(id_no("E1234"), "E***4");
        assert_eq!(id_no(""), "");
        assert_eq!(name_public("王一"), "王*");
        assert_eq!(name_public("欧阳明珠"), "欧阳**");
        assert_eq!(name_public("买买提·吐尔逊"), "买买提·***");
    }
}
