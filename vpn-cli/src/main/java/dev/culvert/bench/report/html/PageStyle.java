package dev.culvert.bench.report.html;

/** How a page looks: light, dark, printed, on a phone. Colours after Okabe and Ito, told apart by the colour-blind. */
final class PageStyle {
    static final String CSS = """
            :root{color-scheme:light dark;--paper:#fff;--card:#f6f7f9;--ink:#1b1f24;--soft:#57606a;--rule:#d8dde3;
             --shade:#1b1f2440;--bar:#0072b2;--ref:#8a939d;--saved:#00795a;--warn:#8f4700;--warnbg:#fff5e6;
             --bad:#b42318;--good:#00795a;
             --s0:#0072b2;--s1:#c24e00;--s2:#00795a;--s3:#a8477f;--s4:#6b4fa0;--s5:#7a6000}
            @media screen and (prefers-color-scheme:dark){:root{--paper:#14171b;--card:#1d2127;--ink:#e8eaed;
             --soft:#a3acb6;--rule:#343b44;--shade:#e8eaed40;--bar:#56b4e9;--ref:#7d8791;--saved:#2bc49a;
             --warn:#ffc078;--warnbg:#2c2417;--bad:#ff8f80;--good:#2bc49a;
             --s0:#56b4e9;--s1:#f39a4d;--s2:#2bc49a;--s3:#e89ac7;--s4:#b9a3e8;--s5:#e3c94f}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--paper);color:var(--ink);
             overflow-wrap:anywhere;font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
            main,header,footer{max-width:1120px;margin:0 auto;padding:0 16px}
            header{padding-top:40px}
            h1{font-size:1.9rem;line-height:1.2;margin:0 0 6px;letter-spacing:-.015em}
            h2{font-size:1.3rem;line-height:1.3;margin:0 0 6px;letter-spacing:-.01em}
            p{margin:0 0 10px;max-width:68ch}
            .soft,.explanation{color:var(--soft)}
            .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
            a{color:inherit}
            .findings{display:grid;grid-template-columns:repeat(auto-fill,minmax(230px,1fr));gap:12px;margin:26px 0;
             padding:0;list-style:none}
            .findings a{display:block;height:100%;padding:14px 16px;background:var(--card);border-radius:10px;
             text-decoration:none}
            .findings a:hover b{text-decoration:underline}
            .findings span{display:block;font-size:.85rem;color:var(--soft);line-height:1.4}
            .findings b{display:block;font-size:1.35rem;line-height:1.35;font-variant-numeric:tabular-nums}
            .warnings{background:var(--warnbg);color:var(--warn);border-radius:10px;padding:12px 16px 12px 34px;
             margin:20px 0}
            nav{margin:0 0 20px} nav ul{margin:6px 0;padding-left:24px;columns:30em} nav li{padding:2px 0}
            section{border-top:1px solid var(--rule);padding:32px 0 26px}
            .both{display:grid;gap:26px;margin-top:18px;grid-template-columns:minmax(0,1fr)}
            @media(min-width:960px){.both{grid-template-columns:minmax(0,470px) minmax(0,1fr);gap:44px}}
            .plot{display:block;width:100%;max-width:500px;height:auto;overflow:visible;
             font:12.5px/1 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
            .plot text{fill:var(--ink);paint-order:stroke;stroke:var(--paper);stroke-width:3;stroke-linejoin:round}
            .plot .v{font-weight:600;font-variant-numeric:tabular-nums}
            .plot .tick,.plot .axis{fill:var(--soft);font-size:12px}
            .bar{fill:var(--bar)} .bar.reference{fill:var(--ref)} .bar.saved{fill:var(--saved)}
            .whisker{stroke:var(--ink);stroke-width:1.3;fill:none}
            .mark{stroke:var(--ink);stroke-width:1;stroke-dasharray:2 2} .grid{stroke:var(--rule);stroke-width:1}
            .line{fill:none;stroke:currentColor;stroke-width:1.8} .spread{stroke:currentColor;stroke-width:1.2}
            .point{fill:currentColor;stroke:var(--paper);stroke-width:1}
            .line.again{stroke-dasharray:6 3} .line.thrice{stroke-dasharray:1.5 3}
            .point.again,.point.thrice{fill:var(--paper);stroke:currentColor;stroke-width:1.5}
            .s0{color:var(--s0)}.s1{color:var(--s1)}.s2{color:var(--s2)}
            .s3{color:var(--s3)}.s4{color:var(--s4)}.s5{color:var(--s5)}
            .scroll{position:relative;overflow-x:auto;margin-bottom:14px;background:
             linear-gradient(90deg,var(--paper) 40%,transparent) 0 0/32px 100% no-repeat local,
             linear-gradient(270deg,var(--paper) 40%,transparent) 100% 0/32px 100% no-repeat local,
             linear-gradient(90deg,var(--shade),transparent) 0 0/12px 100% no-repeat,
             linear-gradient(270deg,var(--shade),transparent) 100% 0/12px 100% no-repeat}
            table{border-collapse:collapse;font-size:.875rem;line-height:1.4;width:100%;overflow-wrap:normal}
            th,td{padding:5px 14px 5px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule)}
            th:last-child,td:last-child{padding-right:2px}
            thead th{color:var(--soft);font-weight:500;vertical-align:bottom}
            tbody th{font-weight:400;min-width:9em;overflow-wrap:anywhere}
            th[scope=row],th[scope=col]:first-child{position:sticky;left:0;background:var(--paper)}
            th[scope=rowgroup]{font-weight:600;padding-top:12px} .in{padding-left:12px}
            .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            thead .n{white-space:normal}
            .worse{color:var(--bad);font-weight:600}.better{color:var(--good);font-weight:600}
            summary{cursor:pointer;color:var(--soft);padding:4px 0;font-size:.9rem} summary b{font-weight:600}
            dl{display:grid;grid-template-columns:minmax(7em,max-content) minmax(0,1fr);gap:4px 20px;margin:0 0 30px;
             font-size:.9rem} dt{color:var(--soft)} dd{margin:0}
            @media(max-width:600px){header{padding-top:24px} dl{display:block} dd{margin-bottom:8px}
             .findings a{padding:10px 14px} th,td{padding-right:10px} tbody th{min-width:7.5em}}
            :focus-visible{outline:2px solid var(--bar);outline-offset:2px}
            @media print{:root{color-scheme:light;--ink:#000;--soft:#444;--rule:#bbb}
             body{font-size:10.5pt;print-color-adjust:exact} header{padding-top:0} nav{display:none}
             .both{display:block} .plot{max-width:420px;margin-bottom:18px} .scroll{overflow:visible;background:none}
             h2,summary,.explanation,.plot{break-after:avoid} .plot,.findings li,.warnings,p,tr,dt{break-inside:avoid}
             tbody th{min-width:7em} th[scope]{position:static}
             details::details-content{content-visibility:visible;block-size:auto} summary{list-style:none}}
            """;

    private PageStyle() {}
}
