//! Passwords: of a file, of the environment, or typed by whoever sits at the terminal.

use crate::arguments::Arguments;
use daiban_contract::{Code, Failure, Secret};
use std::{
    io::{IsTerminal, stdin},
    path::Path,
};

/// The password of a file or of the environment; never of an argument, which every program of the machine can read.
pub fn given(arguments: &Arguments) -> Result<Option<Secret>, Failure> {
    match (&arguments.password_file, std::env::var("DAIBAN_PASSWORD")) {
        (Some(file), _) => {
            let text = std::fs::read_to_string(file)
                .map_err(|_| Failure::new(Code::File, "密码文件读不出。请检查路径和权限。"))?;
            Ok(Some(Secret::new(text.trim_end_matches(['\r', '\n']))))
        }
        (None, Ok(password)) if !password.is_empty() => Ok(Some(Secret::new(password))),
        _ => Ok(None),
    }
}

/// What is given, or what a person types where somebody sits at the terminal and the desk wants one.
pub fn of(arguments: &Arguments, data: &Path) -> Result<Option<Secret>, Failure> {
    let given = given(arguments)?;
    let wanted = given.is_none() && daiban_desk::password_set(data) && stdin().is_terminal();
    if wanted {
        typed("密码：").map(|typed| Some(typed).filter(|typed| !typed.is_empty()))
    } else {
        Ok(given)
    }
}

pub fn new() -> Result<Secret, Failure> {
    match std::env::var("DAIBAN_NEW_PASSWORD") {
        Ok(password) if !password.is_empty() => Ok(Secret::new(password)),
        _ => {
            let (once, twice) = (typed("新密码：")?, typed("再输一次：")?);
            if once == twice {
                Ok(once)
            } else {
                Err(Failure::new(Code::BadInput, "两次输的不一样，密码没有改。"))
            }
        }
    }
}

/// Without an echo.
fn typed(prompt: &str) -> Result<Secret, Failure> {
    rpassword::prompt_password(prompt)
        .map(Secret::new)
        .map_err(|_| Failure::new(Code::BadInput, "这里没有键盘可输密码。请用环境变量或 --password-file。"))
}
