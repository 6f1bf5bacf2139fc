//! What ffmpeg is told to do.

/// What may be read: no playlists, which name other files and other hosts.
const FORMATS: &str = "mov,matroska,avi,flv,mpeg,mpegts,asf";

/// 360 lines, or fewer where there are fewer, lying or upright; both numbers even, as H.264 has them.
const SCALE: &str = "scale='if(gt(iw,ih),-2,trunc(min(360,iw)/2)*2)':\
                     'if(gt(iw,ih),trunc(min(360,ih)/2)*2,-2)'";

/// Makes `out.mp4` of `in`.
pub(super) fn of_video() -> Vec<&'static str> {
    let mut all = input("0");
    all.extend(["-progress", "pipe:1", "-map", "0:v:0", "-map", "0:a:0?", "-sn", "-dn"]);
    // Where and when it was taken is nobody's business.
    all.extend(["-map_metadata", "-1", "-map_chapters", "-1", "-vf", SCALE, "-fpsmax", "30"]);
    all.extend(["-c:v", "libx264", "-profile:v", "main", "-level", "3.1", "-preset", "veryfast"]);
    all.extend(["-crf", "26", "-maxrate", "500k", "-bufsize", "1000k", "-g", "60"]);
    all.extend(["-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "64k", "-ac", "2", "-ar", "44100"]);
    all.extend(["-movflags", "+faststart", "-f", "mp4", "out.mp4"]);
    all
}

/// Makes `poster.jpg` of what `in` shows at a second.
pub(super) fn of_poster(second: &'static str) -> Vec<&'static str> {
    let mut all = input(second);
    all.extend(["-map", "0:v:0", "-frames:v", "1", "-q:v", "4", "-f", "image2", "poster.jpg"]);
    all
}

/// Reads the file from a second on.
fn input(second: &'static str) -> Vec<&'static str> {
    vec![
        "-hide_banner",
        "-nostdin",
        "-y",
        "-v",
        "error",
        "-threads",
        "2",
        "-protocol_whitelist",
        "file,pipe",
        "-format_whitelist",
        FORMATS,
        "-ss",
        second,
        "-i",
        "file:in",
    ]
}

#[cfg(test)]
mod tests;
