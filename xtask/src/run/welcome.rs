//! What a person reads when the demo is up.

use std::fs;

use anyhow::Result;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use super::settings::Settings;

/// Prints addresses, sign-ins, and a code for the phone's camera.
pub fn print(settings: &Settings) -> Result<()> {
    let base = &settings.public_base;
    let code = QrCode::new(format!("{base}/"))?
        .render::<Dense1x2>()
        // Dark modules as gaps: terminals are mostly dark, and a camera wants a light surround.
        .dark_color(Dense1x2::Dark)
        .light_color(Dense1x2::Light)
        .build();
    println!("\n{code}\n");
    println!("phone    {base}/");
    println!("console  {base}/admin");
    println!("WeChat   http://{} (a sandbox on this machine)", settings.sandbox_bind);
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
