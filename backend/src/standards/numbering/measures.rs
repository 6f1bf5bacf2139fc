//! What only looks like a clause's number, for a unit follows it.

/// Whether what follows a number is what it measures, as in `3.5 m` and `20人以上`.
pub(super) fn is_measure(rest: &str) -> bool {
    let latin: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
    let units = [
        "m", "cm", "mm", "km", "kg", "g", "mg", "h", "min", "s", "L", "ml", "mL", "dB", "lx", "Pa",
        "kPa", "MPa", "W", "kW", "V", "A", "Hz", "mol", "d", "t",
    ];
    if units.contains(&latin.as_str()) || rest.starts_with(['℃', '%', '％', '°', '‰', '~', '～'])
    {
        return true;
    }
    let chinese = [
        "毫米",
        "厘米",
        "分钟",
        "小时",
        "平方米",
        "立方米",
        "公斤",
        "千克",
        "米",
        "克",
        "秒",
        "天",
        "日",
        "月",
        "年",
        "元",
        "人",
        "次",
        "个",
        "件",
        "倍",
        "升",
        "度",
        "岁",
        "项",
        "条",
        "步",
    ];
    chinese.iter().filter_map(|unit| rest.strip_prefix(unit)).any(|after| {
        after.is_empty()
            || after.starts_with([
                '以', '内', '，', '。', '、', '；', '左', '至', '～', '/', '的', '或',
            ])
    })
}
