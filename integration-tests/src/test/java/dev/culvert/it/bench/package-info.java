/** {@code culvert bench} against measurements that owe it nothing, and what it writes seen in a real browser. */
@NullMarked
package dev.culvert.it.bench;

import org.jspecify.annotations.NullMarked;
