//! What must not be seen.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use tracing_subscriber::fmt::MakeWriter;
use wechat_sandbox::Fault;

use crate::{
    CODE_TO_SESSION,
    wechat_stage::{SECRETS, errcode, sandbox, world},
};

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, text: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(text);
        Ok(text.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[actix_web::test]
async fn no_code_and_no_secret_is_logged_or_answered() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let log = Log::default();
    // Everything the server and its libraries could ever log; the other side's logs are its own.
    tracing_subscriber::fmt()
        .with_env_filter("trace,actix_http=off,wechat_sandbox=off")
        .with_ansi(false)
        .with_writer(log.clone())
        .init();
    let mut said = Vec::new();
    let mut canaries = SECRETS.map(str::to_owned).to_vec();
    for fault in [
        errcode(40029),
        errcode(40125),
        Fault::Status { status: 500 },
        Fault::Reset,
        Fault::Truncate { keep_bytes: 30 },
        Fault::UnknownField,
    ] {
        sandbox.inject(CODE_TO_SESSION, fault, 1);
        let code = sandbox.mini_program_code("wangxiuying").unwrap();
        said.push(format!("{:?}", world.app.wechat.mini_program_person(&code).await));
        canaries.push(code);
    }
    drop(sandbox);
    said.push(format!("{:?}", world.app.wechat.mini_program_person("last-code").await));
    canaries.push("last-code".into());
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("WeChat refused a call") && log.contains("40125"), "{log}");
    assert!(log.contains("WeChat could not be asked"), "{log}");
    assert!(log.contains("reqwest"), "libraries are listened to: {log}");
    for canary in canaries {
        assert!(!log.contains(&canary), "{canary} in {log}");
        assert!(!said.iter().any(|text| text.contains(&canary)), "{canary} in {said:?}");
    }
    assert!(!log.contains("session_key") && !said.iter().any(|it| it.contains("session_key")));
}
