//! Many rows, some of them bad.

use std::{fmt::Write, time::Instant};

use super::*;

/// Enough for a scene; `ROSTER_ROWS=20000` in a release build shows what is promised of 20,000.
fn how_many() -> u32 {
    std::env::var("ROSTER_ROWS").ok().and_then(|it| it.parse().ok()).unwrap_or(2000)
}

fn file(rows: u32, bad: u32) -> String {
    let mut text = String::new();
    for at in 0..rows {
        let organization = if at % 2 == 0 { FIRST } else { SECOND };
        let phone =
            if at % 60 == 1 && at / 60 < bad { "138".into() } else { format!("139{at:08}") };
        let (team, card) = (at % 20, id_card(at));
        writeln!(text, "N{at:06},某{at},{organization},{team}班,卫生保洁,{phone},{card},是")
            .unwrap();
    }
    text
}

scene!(thirty_bad_rows_of_many_are_mended_and_all_are_brought_in, |world| async move {
    let rows = how_many();
    let start = Instant::now();
    let import = checked(&world, &file(rows, 30)).await;
    let checked_after = start.elapsed();
    assert_eq!(counts(&import)[..5], [rows - 30, 0, 33, 0, 30]);
    let bad = super::rows(&world, import.id, Some(true)).await;
    let mend = |row: &ImportRow| {
        let number = row.row.unwrap();
        let cells = [(RosterField::Phone, format!("137{number:08}"))].into();
        Correction { row: number, cells }
    };
    let request = CorrectRows { import: import.id, rows: bad.iter().map(mend).collect() };
    world.person("zhengming").await.call(request).await.unwrap();
    work(&world).await;
    let before = Instant::now();
    let applied = apply(&world, import.id, false, false).await.unwrap();
    assert_eq!((applied.state, counts(&applied)[0]), (ImportState::Applied, rows));
    let took = start.elapsed();
    eprintln!(
        "{rows} rows: checked {checked_after:?}, brought in {:?}, all {took:?}",
        before.elapsed()
    );
    assert!(took.as_secs() < 60, "{took:?}");
    let officer = world.person("zhengming").await;
    let request = ListRoster { words: Some("某".into()), ..Default::default() };
    assert_eq!(officer.call(request).await.unwrap().total, rows);
    let same = checked(&world, &file(rows, 0)).await;
    assert_eq!(counts(&same), [0, 30, 33, 0, 0, rows - 30], "but for the mended numbers");
});
