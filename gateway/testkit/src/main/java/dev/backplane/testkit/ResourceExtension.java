package dev.backplane.testkit;

import dev.backplane.spi.Store;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test what its parameters ask for: the {@link StoreContract}, the {@link Resource} or its
 * store. A test that asks for a kind of store that this one is not does not apply, and is skipped.
 */
final class ResourceExtension
    implements BeforeTestExecutionCallback, AfterTestExecutionCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(ResourceExtension.class);

  // here and not when parameters are resolved: an exception there is a failure, not a skipped test
  @Override
  public void beforeTestExecution(ExtensionContext test) throws Exception {
    List<Class<?>> asked =
        Arrays.stream(test.getRequiredTestMethod().getParameterTypes())
            .filter(type -> type == Resource.class || Store.class.isAssignableFrom(type))
            .toList();
    if (asked.isEmpty()) {
      return;
    }
    Resource resource = Resource.open(contract(test));
    test.getStore(NAMESPACE).put(Resource.class, resource);
    for (Class<?> type : asked) {
      if (type != Resource.class && !type.isInstance(resource.store())) {
        Assumptions.abort("does not apply: the store is no " + type.getSimpleName());
      }
    }
  }

  @Override
  public void afterTestExecution(ExtensionContext test) {
    Resource resource = test.getStore(NAMESPACE).remove(Resource.class, Resource.class);
    if (resource != null) {
      resource.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return type == StoreContract.class
        || type == Resource.class
        || Store.class.isAssignableFrom(type);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    if (type == StoreContract.class) {
      return contract(test);
    }
    Resource resource = test.getStore(NAMESPACE).get(Resource.class, Resource.class);
    if (resource == null) {
      throw new IllegalStateException("only a test method may ask for a store");
    }
    return type == Resource.class ? resource : resource.store();
  }

  private static StoreContract contract(ExtensionContext test) {
    return test.getRequiredTestInstances().findInstance(StoreContract.class).orElseThrow();
  }
}
