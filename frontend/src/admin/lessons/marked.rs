//! Rich text as officers write it: `**粗体**`, `__强调__`, `[文字](https://…)`, and a new
//! line where they press Enter. It travels as inline HTML of `strong em a br`, with links of
//! `https` and `tel` only: the server takes others out.

/// The inline HTML of marked text.
pub fn to_html(text: &str) -> String {
    let mut html = String::new();
    inline(text, &mut html);
    html
}

fn inline(text: &str, html: &mut String) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(escaped) = rest.strip_prefix('\\').and_then(|it| it.chars().next())
            && "\\*_[]()".contains(escaped)
        {
            html.push(escaped);
            rest = &rest[1 + escaped.len_utf8()..];
        } else if let Some((inside, after)) = between(rest, "**", "**") {
            wrap("strong", inside, html);
            rest = after;
        } else if let Some((inside, after)) = between(rest, "__", "__") {
            wrap("em", inside, html);
            rest = after;
        } else if let Some((words, address, after)) = link(rest) {
            html.push_str("<a href=\"");
            address.chars().for_each(|it| push_escaped(it, html));
            html.push_str("\">");
            inline(words, html);
            html.push_str("</a>");
            rest = after;
        } else {
            push_escaped(first, html);
            rest = &rest[first.len_utf8()..];
        }
    }
}

fn wrap(tag: &str, inside: &str, html: &mut String) {
    for part in ["<", tag, ">"] {
        html.push_str(part);
    }
    inline(inside, html);
    for part in ["</", tag, ">"] {
        html.push_str(part);
    }
}

fn push_escaped(it: char, html: &mut String) {
    match it {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '"' => html.push_str("&quot;"),
        '\n' => html.push_str("<br>"),
        '\r' => {}
        it => html.push(it),
    }
}

/// What is between two marks at the start of a text, and what follows.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<(&'a str, &'a str)> {
    let inside = text.strip_prefix(open)?;
    let end = unescaped(inside, close)?;
    (end > 0).then(|| (&inside[..end], &inside[end + close.len()..]))
}

/// The words and the address of a link at the start of a text, and what follows.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let (words, after) = between(text, "[", "](")?;
    let end = after.find(')')?;
    let address = &after[..end];
    let known = ["https://", "tel:"].iter().any(|start| address.starts_with(start));
    known.then(|| (words, address, &after[end + 1..]))
}

/// Where a mark is that no backslash takes the meaning from.
fn unescaped(text: &str, mark: &str) -> Option<usize> {
    let mut from = 0;
    while from < text.len() {
        let rest = &text[from..];
        if rest.starts_with(mark) {
            return Some(from);
        }
        let first = rest.chars().next()?;
        from += first.len_utf8();
        if first == '\\' {
            from += text[from..].chars().next().map_or(0, char::len_utf8);
        }
    }
    None
}

/// The marked text of inline HTML, as the officer goes on writing it.
pub fn to_text(html: &str) -> String {
    let mut text = String::new();
    let mut links = Vec::new();
    let mut rest = html;
    while let Some(first) = rest.chars().next() {
        let tag = rest.strip_prefix('<').and_then(|it| it.split_once('>'));
        if let Some((tag, after)) = tag {
            text.push_str(&mark_of(tag, &mut links));
            rest = after;
        } else if let Some((entity, plain)) = ENTITIES.iter().find(|it| rest.starts_with(it.0)) {
            text.push_str(plain);
            rest = &rest[entity.len()..];
        } else {
            if needs_escape(rest, &text) {
                text.push('\\');
            }
            text.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    text
}

/// What the server's sanitiser writes for characters with a meaning in HTML.
const ENTITIES: &[(&str, &str)] = &[
    ("&amp;", "&"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&nbsp;", "\u{a0}"),
];

/// The mark a tag is written as.
fn mark_of(tag: &str, links: &mut Vec<String>) -> String {
    let name = tag.split([' ', '/']).find(|it| !it.is_empty()).unwrap_or_default();
    match (name, tag.starts_with('/')) {
        ("strong" | "b", _) => "**".into(),
        ("em" | "i", _) => "__".into(),
        ("br", _) => "\n".into(),
        ("a", false) => {
            let address = tag.split("href=\"").nth(1).and_then(|it| it.split('"').next());
            links.push(address.unwrap_or_default().replace("&amp;", "&"));
            "[".into()
        }
        ("a", true) => format!("]({})", links.pop().unwrap_or_default()),
        _ => String::new(),
    }
}

/// Whether the next character would be read as a mark that it is not.
fn needs_escape(rest: &str, before: &str) -> bool {
    ["**", "__", "](", "\\"].iter().any(|mark| rest.starts_with(mark))
        || (rest.starts_with('*') && before.ends_with("\\*"))
        || (rest.starts_with('_') && before.ends_with("\\_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_inline_html() {
        for (text, html) in [
            ("先**关电源**再擦", "先<strong>关电源</strong>再擦"),
            ("__慢__一点", "<em>慢</em>一点"),
            ("**先__慢__后快**", "<strong>先<em>慢</em>后快</strong>"),
            ("第一行\n第二行", "第一行<br>第二行"),
            (
                "看[规范](https://a.cn/b?x=1&y=2)",
                "看<a href=\"https://a.cn/b?x=1&amp;y=2\">规范</a>",
            ),
            ("温度 < 60 & 湿度 > 5", "温度 &lt; 60 &amp; 湿度 &gt; 5"),
        ] {
            assert_eq!(to_html(text), html);
            assert_eq!(to_text(html), text);
        }
    }

    #[test]
    fn what_is_no_mark_stays_as_it_was_written() {
        for text in ["2 * 3 * 4", "**没有结尾", "****", "[只有括号]", "[坏](javascript:alert)"]
        {
            let html = to_html(text);
            assert!(!html.contains('<'), "{html}");
        }
    }

    #[test]
    fn literal_marks_survive_the_round_trip() {
        for html in [
            "星号**不是粗体**",
            "下划线__也不是__",
            "反斜杠\\",
            "***",
            "[a](tel:110)",
            "**<strong>真</strong>**",
        ] {
            assert_eq!(to_html(&to_text(html)), html, "{}", to_text(html));
        }
    }
}
