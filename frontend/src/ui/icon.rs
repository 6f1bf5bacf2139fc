//! Line drawings, in one hand. A word always stands beside them.

use leptos::prelude::*;

macro_rules! shapes {
    ($( $(#[$doc:meta])* $name:ident $lines:literal )+) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Shape { $( $(#[$doc])* $name ),+ }

        impl Shape {
            const fn lines(self) -> &'static str {
                match self { $( Self::$name => $lines ),+ }
            }
        }
    };
}

shapes! {
    Home "M4 11.5 12 4l8 7.500M6.500 9.500V20h11V9.500M10 20v-5.500h4V20"
    Book "M12 6.500C10 5 7 4.500 3.500 4.500V18c3.500 0 6.500.5 8.500 2 2-1.500 5-2 8.500-2V4.500C17 4.500 14 5 12 6.500zM12 6.500V20"
    Scan "M4 9V5.500C4 4.700 4.700 4 5.500 4H9M15 4h3.500c.8 0 1.500.7 1.500 1.500V9M20 15v3.500c0 .8-.7 1.500-1.500 1.500H15M9 20H5.500c-.8 0-1.500-.7-1.500-1.500V15M4 12h16"
    Person "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500c.5-4 3.500-6 7.500-6s7 2 7.500 6"
    Board "M3.500 5h17M5 5v10.500h14V5M12 15.500V18M8 20.500l4-2.500 4 2.500M9 11.500l2-2.500 2 1.500 2.500-3"
    Back "M15 5l-7 7 7 7"
    Forward "M9 5l7 7-7 7"
    Tick "M4.500 12.500l5 5 10-11"
    Cross "M6 6l12 12M18 6L6 18"
    Warning "M12 3.500 22 20.500H2zM12 10v5M12 17.500v.5"
    Cloud "M7 18.500h9.500a4 4 0 0 0 1-7.900A6 6 0 0 0 6 9.500a4.500 4.500 0 0 0 1 9zM3.500 3.500l17 17"
    Clock "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.500l3.500 2"
    Place "M12 21.500c4.500-5 7-8.500 7-11.500a7 7 0 1 0-14 0c0 3 2.500 6.500 7 11.500zM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z"
    Play "M7.500 4.500v15l12-7.500z"
    Page "M6 3.500h8l4.500 4.500v12.500H6zM14 3.500V8h4.500M9 12h6M9 16h6"
    Steps "M4 5h3v3H4zM4 10.500h3v3H4zM4 16h3v3H4zM10.500 6.500H20M10.500 12H20M10.500 17.500H20"
    Quiz "M8 4H5.500v16.500h13V4H16M8.500 2.500h7v3.500h-7zM8.500 13l2.500 2.500 4.500-5"
    Bell "M6 17V11a6 6 0 0 1 12 0v6l1.500 2h-15zM10 21.500h4"
    Letters "M3.500 19 8.500 6l5 13M5.300 14.500h6.400M14.500 19l3.200-8 3.300 8M15.600 16.500h4.300"
    Help "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.500 9.500a2.500 2.500 0 1 1 3.700 2.200c-.8.5-1.200 1-1.200 2M12 16.500v.5"
    Medal "M12 14.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11zM8.500 13.500 7 21.500l5-2.500 5 2.500-1.500-8"
    Leave "M14 4H5.500v16H14M10 12h10.500M17 8l4 4-4 4"
    Search "M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500l5 5"
    Pencil "M4 20l1-4.500L16.500 4 20 7.500 8.500 19zM14 6.500 17.500 10"
}

#[component]
pub fn Icon(shape: Shape) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=shape.lines()></path>
        </svg>
    }
}
