//! The real window, driven as a person drives it: WebKitWebDriver on the program that the workspace builds.
//!
//! Test code: a failure here is a failed test, so it panics.
#![allow(clippy::unwrap_used)]

use fantoccini::{
    Client, ClientBuilder, Locator,
    actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction},
    elements::Element,
    error::CmdError,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// One open window, with a driver of its own.
pub struct Window {
    client: Client,
    driver: Child,
    shots: PathBuf,
}

/// What of the page lies outside of the window, or makes the whole of it scroll.
const BEYOND: &str = "
    const root = document.scrollingElement, found = [];
    if (root.scrollHeight > innerHeight + 1 || root.scrollWidth > innerWidth + 1)
        found.push(`the document takes ${root.scrollWidth} by ${root.scrollHeight}`);
    for (const page of document.querySelectorAll('.page, .dialog')) {
        const at = page.getBoundingClientRect();
        if (at.top < -1 || at.left < -1 || at.right > innerWidth + 1 || at.bottom > innerHeight + 1)
            found.push(`${page.className} lies at ${at.left}, ${at.top} to ${at.right}, ${at.bottom}`);
    }
    return found;";

const PATIENCE: Duration = Duration::from_secs(20);

impl Window {
    /// Opens the window with environment variables for its program. Its page is composed even without a graphics card: keys that
    /// are pressed by WebKitWebDriver (2.50) wait for frames.
    pub async fn open(env: &[(&str, &Path)], now: &str) -> Self {
        let composed = [env, &[("DAIBAN_COMPOSED", Path::new("1"))]].concat();
        Self::open_as_people_do(&composed, now).await
    }

    /// The same, drawn as it is for whoever has no graphics card.
    pub async fn open_as_people_do(env: &[(&str, &Path)], now: &str) -> Self {
        assert!(
            std::env::var_os("DISPLAY").is_some(),
            "no display: ./check starts this test under Xvfb, or use xvfb-run"
        );
        let test = std::env::current_exe().unwrap();
        let built = test.parent().and_then(Path::parent).unwrap();
        let program = built.join("daiban-window");
        assert!(program.exists(), "cargo build -p daiban-window");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        // What the webview remembers is this story's alone: large text, the language.
        let beside = env.iter().find(|(name, _)| *name == "DAIBAN_DATA").and_then(|(_, data)| data.parent());
        let webview = beside.unwrap_or(Path::new("/tmp")).join("webview");
        let driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("XDG_DATA_HOME", &webview)
            .env("XDG_CACHE_HOME", &webview)
            .envs(env.iter().map(|(name, path)| (name, path.as_os_str())))
            .env("DAIBAN_NOW", now)
            // Without it the session never begins.
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver: apt-get install webkit2gtk-driver");
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("webkitgtk:browserOptions".to_owned(), json!({ "binary": program, "args": [] }));
        let begun = Instant::now();
        let client = loop {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            match builder
                .capabilities(capabilities.clone())
                .connect(&format!("http://127.0.0.1:{port}"))
                .await
            {
                Ok(client) => break client,
                Err(error) => assert!(begun.elapsed() < PATIENCE, "{error}"),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        let shots = built.parent().unwrap().join("e2e");
        std::fs::create_dir_all(&shots).unwrap();
        Self { client, driver, shots }
    }

    /// The element, once it is there. Whatever else the driver answers until then counts as not yet: a page that gives way to
    /// another answers nothing.
    pub async fn find(&self, css: &str) -> Element {
        let begun = Instant::now();
        loop {
            match self.client.find(Locator::Css(css)).await {
                Ok(element) => return element,
                Err(_) if begun.elapsed() < PATIENCE => tokio::time::sleep(Duration::from_millis(50)).await,
                Err(error) => {
                    self.photograph("failed").await;
                    panic!("{css}: {error}; see target/e2e/failed.png")
                }
            }
        }
    }

    /// Loads the page anew, and waits until it is.
    pub async fn reload(&self) {
        self.client.refresh().await.unwrap();
    }

    /// Waits until there is no such element any more.
    pub async fn gone(&self, css: &str) {
        let begun = Instant::now();
        while !self.absent(css).await {
            if begun.elapsed() >= PATIENCE {
                self.photograph("failed").await;
                panic!("{css} doesn't go; see target/e2e/failed.png");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Whether the page as it is now has no such element.
    pub async fn absent(&self, css: &str) -> bool {
        self.client.find_all(Locator::Css(css)).await.is_ok_and(|found| found.is_empty())
    }

    /// Clicks, again if the page has drawn itself anew between finding and clicking.
    pub async fn click(&self, css: &str) {
        let begun = Instant::now();
        while let Err(error) = self.find(css).await.click().await {
            if begun.elapsed() >= PATIENCE {
                self.photograph("failed").await;
                panic!("{css}: {error:?}; see target/e2e/failed.png");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Types into a field, in place of what stands there.
    pub async fn fill(&self, css: &str, text: &str) {
        self.settle_on(css, text, async || {
            self.client.execute("document.activeElement.select()", vec![]).await?;
            self.client.active_element().await?.send_keys(text).await
        })
        .await;
    }

    /// Types text with characters beyond the basic plane, which the driver's keyboard drops, as an input method would.
    pub async fn compose(&self, css: &str, text: &str) {
        let script =
            "document.activeElement.select(); document.execCommand('insertText', false, arguments[0]);";
        self.settle_on(css, text, async || {
            self.client.execute(script, vec![json!(text)]).await?;
            Ok(())
        })
        .await;
    }

    /// Types until the field holds the text: the page may draw the old value once more while keys arrive.
    async fn settle_on(&self, css: &str, text: &str, typing: impl AsyncFn() -> Result<(), CmdError>) {
        let begun = Instant::now();
        loop {
            self.click(css).await;
            let typed = typing().await;
            tokio::time::sleep(Duration::from_millis(60)).await;
            let held = self.find(css).await.prop("value").await.ok().flatten();
            if typed.is_ok() && held.as_deref() == Some(text) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{css} holds {held:?}, not {text:?}: {typed:?}");
        }
    }

    /// Chooses a file, as the system's own dialog would.
    pub async fn choose(&self, css: &str, file: &Path) {
        self.find(css).await.send_keys(&file.display().to_string()).await.unwrap();
    }

    /// Presses keys wherever the focus is; again if what had it went away before they came.
    pub async fn press(&self, keys: &str) {
        let begun = Instant::now();
        loop {
            let pressed = match self.client.active_element().await {
                Ok(element) => element.send_keys(keys).await,
                Err(error) => Err(error),
            };
            match pressed {
                Ok(()) => return,
                Err(error) => assert!(was_away(&error) && begun.elapsed() < PATIENCE, "{keys:?}: {error:?}"),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Goes on with the Tab key until an element has the focus.
    pub async fn tab_to(&self, css: &str) {
        const FAR: usize = 120;
        self.find(css).await;
        for _ in 0..FAR {
            let script = "return !!document.activeElement && document.activeElement.matches(arguments[0])";
            if self.client.execute(script, vec![json!(css)]).await.unwrap() == json!(true) {
                return;
            }
            self.press("\u{e004}").await;
        }
        self.photograph("failed").await;
        panic!("Tab never comes to {css}; see target/e2e/failed.png");
    }

    /// Holds the mouse down on something.
    pub async fn hold(&self, css: &str, how_long: Duration) {
        let element = self.find(css).await;
        let moved = PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 };
        let held = MouseActions::new("mouse".to_owned())
            .then(moved)
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::Pause { duration: how_long })
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.client.perform_actions(held).await.unwrap();
    }

    pub async fn text(&self, css: &str) -> String {
        let begun = Instant::now();
        loop {
            match self.find(css).await.text().await {
                Ok(text) => return text,
                Err(error) => assert!(begun.elapsed() < PATIENCE, "{css}: {error}"),
            }
        }
    }

    pub async fn attribute(&self, css: &str, name: &str) -> String {
        let begun = Instant::now();
        loop {
            match self.find(css).await.attr(name).await {
                Ok(value) => return value.unwrap_or_default(),
                Err(error) => assert!(begun.elapsed() < PATIENCE, "{css}: {error}"),
            }
        }
    }

    /// Waits until an element says something.
    pub async fn expect(&self, css: &str, words: &str) {
        let begun = Instant::now();
        loop {
            let text = self.text(css).await;
            if text.contains(words) {
                return;
            }
            if begun.elapsed() >= PATIENCE {
                self.photograph("failed").await;
                panic!("{css} says {text:?}, not {words:?}; see target/e2e/failed.png");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until a field holds a text.
    pub async fn holds(&self, css: &str, text: &str) {
        let begun = Instant::now();
        loop {
            let held = self.find(css).await.prop("value").await.ok().flatten();
            if held.as_deref() == Some(text) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{css} holds {held:?}, not {text:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until a list offers something: the driver takes what stands in it for hidden, and its text for empty.
    pub async fn offers(&self, list: &str, words: &str) {
        let css = serde_json::to_string(list).unwrap();
        let script = format!(
            "return [...document.querySelectorAll({css} + ' [role=option]')].map(one => one.textContent).join(' ')"
        );
        let begun = Instant::now();
        loop {
            let text = self.execute(&script).await;
            if text.as_str().is_some_and(|text| text.contains(words)) {
                return;
            }
            if begun.elapsed() >= PATIENCE {
                self.photograph("failed").await;
                panic!("{list} offers {text:?}, not {words:?}; see target/e2e/failed.png");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Runs a script in the page.
    pub async fn execute(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Runs a script that hands numbers to the last of its arguments.
    pub async fn measure(&self, script: &str) -> Vec<f64> {
        let given = self.client.execute_async(script, Vec::new()).await.unwrap();
        given.as_array().unwrap().iter().filter_map(Value::as_f64).collect()
    }

    /// What axe-core finds in the page as it is that keeps somebody out: the rule, and where.
    pub async fn barriers(&self) -> Vec<String> {
        let tools = std::env::var_os("TOOLS")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../tools"), PathBuf::from);
        let file = tools.join("axe.min.js");
        let axe = std::fs::read_to_string(&file)
            .unwrap_or_else(|error| panic!("{}: {error}; scripts/setup.sh brings it", file.display()));
        if self.execute("return typeof window.axe").await == "undefined" {
            self.execute(&axe).await;
        }
        let run = "const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then(
                found => done(found.violations
                    .filter(one => one.impact === 'serious' || one.impact === 'critical')
                    .flatMap(one => one.nodes.map(node => one.id + ' ' + node.target.join(' ') + ': '
                        + (node.any[0] || node.all[0] || node.none[0] || {}).message))),
                error => done([String(error)]));";
        let found = self.client.execute_async(run, Vec::new()).await.unwrap();
        found.as_array().unwrap().iter().map(|one| one.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Keeps a picture under `target/e2e/`; whatever it shows fits into the window.
    pub async fn shoot(&self, name: &str) {
        // A picture right after a change may show the frame before it, and a page that gives way answers nothing.
        let drawn =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));";
        let _ = self.client.execute_async(drawn, Vec::new()).await;
        tokio::time::sleep(Duration::from_millis(80)).await;
        self.photograph(name).await;
        let beyond = self.client.execute(BEYOND, Vec::new()).await.unwrap_or(Value::Null);
        assert!(beyond.as_array().is_none_or(Vec::is_empty), "{name}.png: {beyond}");
    }

    async fn photograph(&self, name: &str) {
        std::fs::write(self.shots.join(format!("{name}.png")), self.client.screenshot().await.unwrap())
            .unwrap();
    }

    pub async fn close(self) {
        // The driver takes the program with it.
        let _ = self.client.clone().close().await;
    }
}

/// Whether the driver says that an element was no longer there, so that nothing was done to it.
fn was_away(error: &CmdError) -> bool {
    error.is_stale_element_reference() || error.is_no_such_element()
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
