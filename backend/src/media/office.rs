//! Office files, as the PDF that LibreOffice makes of them.

use std::{fs, io, path::Path, time::Duration};

use super::{
    document::{self, refused},
    incoming::Incoming,
    prepare::Progress,
    programs::{self, Bounds},
    store::Fit,
    workshop::Workshop,
};
use crate::{App, Result};

const PRINTING: Bounds = Bounds { megabytes: 6144, time: Duration::from_mins(3) };

/// Where LibreOffice looks for what its user set, from the folder that is its home.
const SETTINGS: &str = ".config/libreoffice/4/user";

/// What a file names is not fetched, neither from the network nor from our disk, and no macro runs.
const CAREFUL: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>1</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>1</value></prop>
<prop oor:name="ooInetFTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetFTPProxyPort" oor:op="fuse"><value>1</value></prop>
</item>
</oor:items>
"#;

/// The pages of an office file, drawn.
pub(super) async fn prepare(
    app: &App,
    incoming: Incoming,
    ending: &str,
    progress: &Progress,
) -> Result<Fit> {
    let Some(office) = programs::find(&app.config.media.libreoffice) else {
        return Err(refused("服务器上没有转换 Word 和 PPT 的程序，请在电脑上另存为 PDF 再上传"));
    };
    let _turn = document::turn().await?;
    let workshop = Workshop::open(app.media.folder())?;
    let name = format!("in.{ending}");
    fs::hard_link(incoming.path(), workshop.file(&name))?;
    print(&office, workshop.path(), &name, PRINTING).await?;
    let pdf = Incoming::new(app.media.folder());
    fs::hard_link(workshop.file("in.pdf"), pdf.path())?;
    document::draw(app, pdf, &workshop, progress).await
}

/// Makes `in.pdf` of the file in the folder.
///
/// # Errors
/// A refusal where LibreOffice fails, takes too long or makes nothing.
async fn print(office: &Path, folder: &Path, name: &str, bounds: Bounds) -> Result<()> {
    be_careful(folder)?;
    let arguments = [
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "pdf",
        "--outdir",
        ".",
        name,
    ];
    let ended = programs::run(office, &arguments, folder, bounds, |_| ()).await?;
    if ended.well && folder.join("in.pdf").is_file() {
        return Ok(());
    }
    tracing::warn!(said = ended.said, "an office file was not converted");
    Err(refused("这份文件转换不了，请在电脑上另存为 PDF 再上传"))
}

fn be_careful(home: &Path) -> io::Result<()> {
    let settings = home.join(SETTINGS);
    fs::create_dir_all(&settings)?;
    fs::write(settings.join("registrymodifications.xcu"), CAREFUL)
}

#[cfg(test)]
mod tests;
