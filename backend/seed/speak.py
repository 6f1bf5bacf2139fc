"""Speaks the recordings of the sample courses, and writes their subtitles.

    apt-get install --no-install-recommends espeak-ng ffmpeg
    python3 backend/seed/speak.py

A text has a sentence in a line and its pinyin in the next, because the synthesiser knows few
characters. What it says is committed: nobody needs this who does not change a text.
"""

import subprocess
import tempfile
import wave
from pathlib import Path

HERE = Path(__file__).parent
TEXTS, COURSES = HERE / "recordings", HERE / "courses"
# Slow enough for those who speak another dialect, and a little livelier than it is by itself.
VOICE = ["espeak-ng", "-v", "cmn-latn-pinyin+m3", "-s", "172", "-p", "42", "-g", "1"]
# Seconds between two sentences.
PAUSE = 0.5
# Takes the edge off the voice, and makes it as loud as speech is elsewhere.
SOUND = "highpass=f=90,lowpass=f=6000,loudnorm=I=-19:TP=-4:LRA=9"


def main() -> None:
    for text in sorted(TEXTS.glob("*/*.txt")):
        pairs = text.read_text(encoding="utf-8").strip().split("\n\n")
        to = COURSES / text.parent.name / text.name
        speak([tuple(pair.split("\n")) for pair in pairs], to)


def speak(pairs: list[tuple[str, str]], to: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole, cues, at = Path(folder, "whole.wav"), ["WEBVTT"], 0.0
        with wave.open(str(whole), "wb") as out:
            for sentence, pinyin in pairs:
                said = Path(folder, "said.wav")
                subprocess.run([*VOICE, "-w", said, pinyin], check=True)
                with wave.open(str(said)) as it:
                    if not at:
                        out.setparams(it.getparams())
                    frames, rate = it.readframes(it.getnframes()), it.getframerate()
                    seconds = it.getnframes() / rate
                cues.append(f"{stamp(at)} --> {stamp(at + seconds)}\n{sentence}")
                out.writeframes(frames + bytes(2 * round(PAUSE * rate)))
                at += seconds + PAUSE
        subprocess.run(
            ["ffmpeg", "-v", "error", "-y", "-i", whole, "-af", SOUND, "-ar", "16000", "-ac", "1",
             "-c:a", "aac", "-b:a", "16k", "-map_metadata", "-1", "-fflags", "+bitexact",
             "-movflags", "+faststart", to.with_suffix(".m4a")],
            check=True,
        )
    to.with_suffix(".vtt").write_text("\n\n".join(cues) + "\n", encoding="utf-8")


def stamp(seconds: float) -> str:
    return f"{int(seconds // 3600):02}:{int(seconds // 60 % 60):02}:{seconds % 60:06.3f}"


if __name__ == "__main__":
    main()
