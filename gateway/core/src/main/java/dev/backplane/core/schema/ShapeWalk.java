package dev.backplane.core.schema;

import dev.backplane.spi.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Goes through a shape and all that are inside of it, which may be itself again. */
final class ShapeWalk {
  private static final int MOST_PATHS = 1000;
  private static final int DEEPEST_PATH = 8;

  private ShapeWalk() {}

  /** The shape and all that are inside of it. */
  static Set<Shape> reachable(Shape root) {
    Set<Shape> found = new LinkedHashSet<>(List.of(root));
    List<Shape> left = new ArrayList<>(found);
    while (!left.isEmpty()) {
      for (Shape inner : left.remove(left.size() - 1).inner()) {
        if (found.add(inner)) {
          left.add(inner);
        }
      }
    }
    return found;
  }

  static Set<FieldPath> paths(Shape root) {
    Set<FieldPath> paths = new LinkedHashSet<>();
    collect(root, List.of(), paths);
    return paths;
  }

  static Set<FieldPath> readOnly(Shape root) {
    Set<FieldPath> paths = new LinkedHashSet<>();
    collectReadOnly(List.of(root), List.of(), paths);
    return paths;
  }

  private static void collectReadOnly(
      List<Shape> around, List<String> outer, Set<FieldPath> paths) {
    Shape shape = around.get(around.size() - 1);
    for (String name : shape.names()) {
      Optional<Shape> field = shape.field(name).filter(Shape::keeps);
      if (field.isEmpty() || name.isEmpty() || around.contains(field.get())) {
        continue;
      }
      List<String> path = new ArrayList<>(outer);
      path.add(name);
      if (field.get().isReadOnly()) {
        paths.add(new FieldPath(path));
      } else if (path.size() < DEEPEST_PATH) {
        List<Shape> inside = new ArrayList<>(around);
        inside.add(field.get());
        collectReadOnly(inside, path, paths);
      }
    }
  }

  private static void collect(Shape shape, List<String> outer, Set<FieldPath> paths) {
    for (String name : shape.names()) {
      Optional<Shape> field = shape.field(name).filter(each -> !each.isWriteOnly());
      if (field.isEmpty() || name.isEmpty() || paths.size() >= MOST_PATHS) {
        continue;
      }
      List<String> path = new ArrayList<>(outer);
      path.add(name);
      paths.add(new FieldPath(path));
      if (path.size() < DEEPEST_PATH && field.get().isClosed()) {
        collect(field.get(), path, paths);
      }
    }
  }
}
