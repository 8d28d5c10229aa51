//! The township's tour, from the first start on: its day, accepting and printing, what is to be reviewed, and what a village
//! has handed over. Nothing of it is real.

use super::*;

const ENTER: &str = "\u{e007}";
const ESC: &str = "\u{e00c}";

/// The number of somebody's case in the list.
async fn number_of(window: &Window, name: &str) -> String {
    window.find("#cases [data-case]").await;
    let script = format!(
        "return [...document.querySelectorAll('#cases [data-case]')].find(row => row.textContent.includes('{name}')).dataset.case"
    );
    window.execute(&script).await.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_township_clerk_practises_before_anything_is_enrolled() {
    let _screen = SCREEN.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path();
    let (data, keys, home) = (county.join("clerk"), county.join("keys"), county.join("home"));
    fs::create_dir_all(&home).unwrap();
    let env = [("DAIBAN_DATA", &*data), ("DAIBAN_KEYS", &*keys), ("HOME", &*home), ("XDG_DATA_HOME", &*home)];
    let window = Window::open(&env, &at("09:05")).await;
    window.find("#practise-township").await;
    window.shoot("first-start-practise").await;
    window.click("#practise-township").await;
    window.expect("#coach[data-step='1']", "受理").await;
    window.shoot("practice-township").await;
    window.click("#to-intake").await;
    window.expect("#coach[data-step='2']", "何得福").await;
    let received = number_of(&window, "何得福").await;
    window.click(&format!("#cases [data-case=\"{received}\"]")).await;
    window.find(&format!(".panel[data-case=\"{received}\"]")).await;
    window.click("#open-case").await;
    window.expect("#coach[data-step='3']", "Enter").await;
    window.find("[data-event=accept]").await;
    window.shoot("practice-township-case").await;
    window.click("[data-event=accept]").await;
    window.press(ENTER).await;
    window.expect("#coach[data-step='4']", "存为 PDF").await;
    window.find("#preview svg").await;
    window.click("#save-form").await;
    window.expect("#coach[data-step='5']", "合并").await;
    window.expect("#saved-file", "F02").await;
    window.shoot("practice-township-printed").await;
    window.press(ESC).await;
    window.click("#to-merge").await;
    window.expect("#coach[data-step='6']", "苏秀英").await;
    window.click("#to-intake").await;
    let handed_over = number_of(&window, "苏秀英").await;
    window.click(&format!("#cases [data-case=\"{handed_over}\"]")).await;
    window.find(&format!(".panel[data-case=\"{handed_over}\"]")).await;
    window.click("#open-case").await;
    window.expect("#coach[data-step='7']", "接收").await;
    window.click("#large").await;
    window.shoot("practice-township-receive-large").await;
    window.click("#large").await;
    window.click("[data-event=receive]").await;
    window.expect("#coach", "退出练习").await;
    window.shoot("practice-township-learnt").await;
    window.click("#practice-leave").await;
    window.find("#practise-township").await;
    window.close().await;
}
