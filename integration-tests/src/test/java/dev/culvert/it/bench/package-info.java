<<<<<<< HEAD
/** What {@code culvert bench} writes, seen by those who read it: a real browser. */
=======
/** The measuring tool, against measurements that owe it nothing. */
>>>>>>> main
@NullMarked
package dev.culvert.it.bench;

import org.jspecify.annotations.NullMarked;
