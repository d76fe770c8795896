/**
 * What a plugin implements. A plugin is a jar with a class that implements {@link
 * dev.backplane.spi.Service} and a file {@code META-INF/services/dev.backplane.spi.Service} that
 * names it. The service opens a {@link dev.backplane.spi.Store} for each resource that the mapping
 * gives to it, and the gateway turns HTTP requests into calls of that store:
 *
 * <table class="striped">
 * <caption>Requests and calls</caption>
 * <tr><th>request</th><th>call</th></tr>
 * <tr><td>{@code GET /api/{resource}/{id}}</td><td>{@link dev.backplane.spi.Store#get}</td></tr>
 * <tr><td>{@code GET /api/{resource}}</td><td>{@link dev.backplane.spi.Store#list}</td></tr>
 * <tr><td>{@code POST /api/{resource}}</td><td>{@link dev.backplane.spi.WritableStore#create}, or
 *     {@code put} with {@link dev.backplane.spi.Precondition.Absent} where the body has an id</td></tr>
 * <tr><td>{@code PUT}, {@code PATCH}</td><td>{@link dev.backplane.spi.WritableStore#put}</td></tr>
 * <tr><td>{@code DELETE}</td><td>{@link dev.backplane.spi.WritableStore#delete}</td></tr>
 * </table>
 *
 * <p>A store may do more, each by an interface of its own. What it leaves out the gateway does with
 * the calls above, or does not offer:
 *
 * <table class="striped">
 * <caption>Abilities</caption>
 * <tr><th>ability</th><th>interface</th><th>without it</th></tr>
 * <tr><td>many items by their ids</td><td>{@link dev.backplane.spi.BatchGetStore}</td>
 *     <td>one call for each</td></tr>
 * <tr><td>counting</td><td>{@link dev.backplane.spi.CountableStore}</td>
 *     <td>counted item by item, within a bound</td></tr>
 * <tr><td>many new items at once</td><td>{@link dev.backplane.spi.BatchPutStore}</td>
 *     <td>one call for each</td></tr>
 * <tr><td>several writes as one</td><td>{@link dev.backplane.spi.TransactionalStore}</td>
 *     <td>{@code _bulk?_atomic=true} is refused</td></tr>
 * <tr><td>something to do at start</td><td>{@link dev.backplane.spi.StartableStore}</td>
 *     <td>nothing is done</td></tr>
 * <tr><td>saying what it needs in the cloud</td><td>{@link dev.backplane.spi.ProvisionedStore}</td>
 *     <td>left out of {@code backplane tables}</td></tr>
 * </table>
 *
 * <p>A whole read-only plugin:
 *
 * <pre>{@code
 * public final class GreetingService implements Service {
 *   @Override
 *   public String name() {
 *     return "greeting";
 *   }
 *
 *   @Override
 *   public Store open(StoreContext context) {
 *     Item hello = new Item("1", "v1", JsonObject.of("text", new JsonString(
 *         context.settings().string("text"))));
 *     return new Store() {
 *       @Override
 *       public Optional<Item> get(String id) {
 *         return id.equals(hello.id()) ? Optional.of(hello) : Optional.empty();
 *       }
 *
 *       @Override
 *       public Page list(Query query) {
 *         return Page.last(List.of(hello));
 *       }
 *     };
 *   }
 * }
 * }</pre>
 *
 * <p>Four rules carry the rest, and the testkit tests every one of them:
 *
 * <ul>
 *   <li>What a store can do is its type: {@link dev.backplane.spi.WritableStore}, {@link
 *       dev.backplane.spi.CountableStore}. There is no method that answers "unsupported".
 *   <li>A filter is advice: return more than matches if need be, never fewer. An order is honoured
 *       whole or refused.
 *   <li>A precondition and its write are one atomic step, and a version changes whenever the body
 *       does.
 *   <li>What a client did is a return value; what failed is a {@link
 *       dev.backplane.spi.StoreException} with a reason.
 * </ul>
 *
 * <p>A plugin sees the JDK, this package and {@code org.slf4j}; everything else it brings along, in
 * whatever version. It does not use {@code java.sql.DriverManager}, which sees no drivers of other
 * class loaders. The context class loader is the plugin's own during every call.
 */
package dev.backplane.spi;
