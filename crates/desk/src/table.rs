//! Tables that people made: files of comma-separated values, as UTF-8 or in the encoding that office programs here write.

use crate::Trouble;
use daiban_contract::Code;
use encoding_rs::GB18030;
use std::path::Path;

/// The text of a table.
pub(crate) fn read(file: &Path) -> Result<String, Trouble> {
    let bytes = std::fs::read(file).map_err(Trouble::file)?;
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => return Ok(text),
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    match GB18030.decode_without_bom_handling_and_without_replacement(&bytes) {
        Some(text) if !bytes.contains(&0) => Ok(text.into_owned()),
        _ => Err(Trouble::new(Code::BadInput, "文件读不懂。请在表格程序里另存为 CSV（UTF-8）再导入。")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_table_is_read_in_either_encoding_or_refused() {
        let folder = std::env::temp_dir().join(format!("daiban-table-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("roster.csv");
        let gb18030 = GB18030.encode("姓名,䶮").0;
        let table: [(&[u8], Option<&str>); 4] = [
            ("姓名,䶮".as_bytes(), Some("姓名,䶮")),
            (&gb18030, Some("姓名,䶮")),
            (b"PK\x03\x04\0\0\xff", None),
            (b"\xff\xfea\0,\0", None),
        ];
        for (bytes, text) in table {
            fs::write(&file, bytes).unwrap();
            assert_eq!(read(&file).ok().as_deref(), text);
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
