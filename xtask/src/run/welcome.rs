//! What a person reads when the demo is up.

use std::fs;
use std::io::{IsTerminal, stdout};

use anyhow::Result;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use super::settings::Settings;

/// Prints addresses, sign-ins, and a code for the phone's camera.
pub fn print(settings: &Settings) -> Result<()> {
    let base = &settings.public_base;
    print_code(&format!("{base}/"))?;
    println!("phone    {base}/");
    println!("console  {base}/admin");
    println!("WeChat   {} (a sandbox on this machine)", settings.wechat_open_base);
    println!("data     {}", settings.data_dir.display());
    if let Ok(sign_ins) = fs::read_to_string(settings.data_dir.join("demo-sign-ins.txt")) {
        println!("\n{}", sign_ins.trim_end());
    }
    if base.contains("127.0.0.1") {
        println!("\nFor a phone in the same network: cargo xtask run --lan");
    }
    println!("\nCtrl-C stops everything.");
    Ok(())
}

/// Dark on light whatever the colours of the terminal are: not every camera reads the reverse.
fn print_code(address: &str) -> Result<()> {
    let code = QrCode::new(address)?.render::<Dense1x2>().build();
    let (black_on_white, plain) =
        if stdout().is_terminal() { ("\x1b[30;107m", "\x1b[0m") } else { ("", "") };
    println!();
    for line in code.lines() {
        println!("{black_on_white}{line}{plain}");
    }
    println!();
    Ok(())
}
