package dev.culvert.it.bench;

/** What is asked of a page: functions that answer with a list of what is wrong, each with its place. Run by the browser, not in the page. */
final class PageScript {
    static final String READ = """
            const all = (selector, root = document) => [...root.querySelectorAll(selector)];
            const plots = () => all('section:has(svg.plot)');

            // Rows of a section's tables with the name that each is of, whichever row the name stands in.
            const rows = section => all('tbody', section).flatMap(body => {
              let name = '';
              return all('tr', body).map(row => {
                name = row.querySelector('th')?.textContent ?? name;
                return {name, cells: all('td', row).map(cell => cell.textContent)};
              });
            });

            // What a plot says, in the words that a pointer over it shows: whose, at which place of the x axis, which numbers.
            const figures = section => [
              ...all('svg .v', section).map(value => {
                const words = value.parentNode.querySelector('title').textContent;
                const name = words.slice(0, words.lastIndexOf(': ' + value.textContent));
                return {name, place: null, numbers: value.textContent.split(/ [·→] /), node: value};
              }),
              ...all('svg .point title', section).map(title => {
                const words = title.textContent;
                const value = words.lastIndexOf(': ');
                const place = words.lastIndexOf(', ', value);
                return {name: words.slice(0, place), place: words.slice(place + 2, value), numbers: [words.slice(value + 2)],
                  node: title.parentNode};
              })];

            const missing = () => plots().flatMap(section => {
              const table = rows(section);
              return figures(section)
                .filter(figure => !table.some(row => row.name == figure.name
                  && (figure.place == null || row.cells[0] == figure.place)
                  && figure.numbers.every(number => row.cells.slice(figure.place == null ? 0 : 1).includes(number))))
                .map(figure => `${section.id}: ${figure.name}, ${figure.place}: ${figure.numbers}`);
            });

            const number = text => Number(text.replaceAll(',', ''));
            const box = element => element.getBoundingClientRect();

            // Bars begin at zero, or where the one above ends, and are as long as the number; points stand in its order.
            const misplaced = () => plots().flatMap(section => {
              const points = figures(section).filter(each => each.place != null)
                .map(each => ({value: number(each.numbers[0]), y: (box(each.node).top + box(each.node).bottom) / 2, words: each.name}))
                .sort((a, b) => a.value - b.value);
              const wrong = points.filter((each, i) => i > 0 && each.y > points[i - 1].y + 2).map(each => each.words);
              const level = points.length > 1 && points.at(-1).value > 1.5 * points[0].value && points[0].y - points.at(-1).y < 5
                ? ['all points at one height'] : [];
              const bars = all('svg rect.bar', section).map(box);
              const left = box(section.querySelector('svg')).left;
              const ends = figures(section).filter(each => each.place == null).map(each => number(each.numbers.at(-1)));
              const isLadder = all('svg .v', section).some(each => each.textContent.includes('→'));
              const values = isLadder ? ends : figures(section).map(each => number(each.numbers[0]));
              const scale = bars.length ? Math.max(...bars.map(bar => bar.right - left)) / Math.max(...values) : 0;
              const lengths = bars.flatMap((bar, i) => {
                const before = isLadder && i > 0 ? values[i - 1] : 0;
                const expected = [before, values[i]].map(value => Math.max(value, 0) * scale).sort((a, b) => a - b);
                return Math.abs(bar.left - left - expected[0]) > 3 || Math.abs(bar.right - left - expected[1]) > 3
                  ? [`bar ${i}: ${bar.left - left}..${bar.right - left}, not ${expected}`] : [];
              });
              return [...wrong, ...level, ...lengths].map(each => section.id + ': ' + each);
            });

            const strayOrCovered = () => all('svg.plot').flatMap(plot => {
              const frame = box(plot);
              const texts = all('text', plot).map(text => ({words: text.textContent, box: box(text)}));
              const stray = texts.filter(({box: b}) => b.left < frame.left - 2 || b.right > frame.right + 2
                || b.top < frame.top - 2 || b.bottom > frame.bottom + 4);
              const covered = texts.filter((one, i) => texts.slice(i + 1).some(({box: b}) =>
                b.left < one.box.right - 1 && one.box.left < b.right - 1 && b.top < one.box.bottom - 3 && one.box.top < b.bottom - 3));
              return [...stray, ...covered].map(each => plot.parentNode.parentNode.id + ': ' + each.words);
            });

            const smallestLetter = () => Math.min(...all('svg.plot text').map(text =>
              parseFloat(getComputedStyle(text).fontSize) * box(text.ownerSVGElement).width / text.ownerSVGElement.viewBox.baseVal.width));

            const rgb = colour => colour.match(/[\\d.]+/g).map(Number);
            const light = colour => {
              const [r, g, b] = rgb(colour).map(each => each / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const contrast = (a, b) => {
              const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
              return (high + 0.05) / (low + 0.05);
            };
            const behind = element => {
              for (let at = element; at; at = at.parentElement) {
                const colour = getComputedStyle(at).backgroundColor;
                if ((rgb(colour)[3] ?? 1) > 0) return colour;
              }
              return 'rgb(255, 255, 255)';
            };

            // By the Web Content Accessibility Guidelines: 4.5 for words, 3 for what is drawn.
            const faint = () => {
              const words = all('body *').filter(each => [...each.childNodes].some(node => node.nodeType == 3 && node.data.trim()))
                .filter(each => !['title', 'desc', 'STYLE'].includes(each.nodeName))
                .filter(each => contrast(getComputedStyle(each)[each instanceof SVGElement ? 'fill' : 'color'], behind(each)) < 4.5);
              const drawn = all('svg .bar').filter(each => contrast(getComputedStyle(each).fill, behind(each)) < 3);
              const lines = all('svg .line, svg .point, svg .spread')
                .filter(each => contrast(getComputedStyle(each).color, behind(each)) < 3);
              return [...words, ...drawn, ...lines].slice(0, 20).map(each => each.outerHTML.slice(0, 120));
            };

            const untold = () => all('svg.plot').filter(plot => {
              const told = plot.getAttribute('aria-labelledby').split(' ').map(id => document.getElementById(id));
              return told.length != 2 || told.some(each => each?.parentNode != plot || !each.textContent.trim());
            }).map(plot => plot.outerHTML.slice(0, 120));

            const broken = () => {
              const ids = all('[id]').map(each => each.id);
              return [...ids.filter((id, i) => ids.indexOf(id) != i),
                ...all('a').map(each => each.getAttribute('href')).filter(href => !href.startsWith('#') || !ids.includes(href.slice(1)))];
            };

            const unreachable = () => all('a, summary, .scroll').filter(each => {
              each.focus();
              return document.activeElement != each;
            }).map(each => each.outerHTML.slice(0, 120));

            const folded = () => all('td').filter(each => !each.checkVisibility() || box(each).height < 5)
              .map(each => each.textContent);
            """;

    private PageScript() {}
}
