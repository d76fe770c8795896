package dev.backplane.lambda;

import com.amazonaws.serverless.proxy.RequestReader;
import com.amazonaws.serverless.proxy.internal.servlet.AwsAsyncContext;
import com.amazonaws.serverless.proxy.internal.servlet.AwsProxyHttpServletRequest;
import com.amazonaws.serverless.proxy.internal.servlet.AwsServletInputStream;
import com.amazonaws.serverless.proxy.model.ApiGatewayRequestIdentity;
import com.amazonaws.serverless.proxy.model.AwsProxyRequest;
import com.amazonaws.serverless.proxy.model.AwsProxyRequestContext;
import com.amazonaws.serverless.proxy.model.ContainerConfig;
import com.amazonaws.services.lambda.runtime.Context;
import dev.backplane.core.Gateway;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The container's request over an {@link Event}. It gives the path, the query, the headers and the
 * body exactly as the event reader made them; the container would decode, cut, replace or fail.
 */
final class EventRequest extends AwsProxyHttpServletRequest {
  // Not LambdaContainerHandler's: that class cannot be loaded without Jackson's data binding.
  private static final ContainerConfig CONFIG = config();

  private final Event event;
  private final EventResponse answered;
  private final CountDownLatch completed = new CountDownLatch(1);
  private @Nullable AwsAsyncContext async;
  private @Nullable ServletInputStream body;

  EventRequest(Event event, EventResponse response, Context lambda) {
    super(model(event), lambda, security(event), CONFIG);
    this.event = event;
    this.answered = response;
    setResponse(response);
    setAttribute(
        RequestReader.API_GATEWAY_CONTEXT_PROPERTY, getAwsProxyRequest().getRequestContext());
    setAttribute(RequestReader.API_GATEWAY_EVENT_PROPERTY, getAwsProxyRequest());
    setAttribute(RequestReader.LAMBDA_CONTEXT_PROPERTY, lambda);
    setAttribute(Gateway.PATH_WAS_DECODED, event.path().wasDecoded());
    setAttribute(RequestReader.JAX_SECURITY_CONTEXT_PROPERTY, security(event));
  }

  private static ContainerConfig config() {
    ContainerConfig config = ContainerConfig.defaultConfig();
    config.setDefaultContentCharset("UTF-8");
    return config;
  }

  private static EventSecurity security(Event event) {
    return new EventSecurity(event.source().caller(), event.source().isSecure());
  }

  /** The model that the container's own methods read; complete, so that none of them meets null. */
  private static AwsProxyRequest model(Event event) {
    Event.Source source = event.source();
    ApiGatewayRequestIdentity identity = new ApiGatewayRequestIdentity();
    identity.setSourceIp(source.address());
    AwsProxyRequestContext context = new AwsProxyRequestContext();
    context.setIdentity(identity);
    context.setRequestId(source.requestId());
    context.setApiId(source.apiId());
    context.setStage(source.stage());
    context.setProtocol(source.protocol());
    context.setHttpMethod(event.method());
    context.setPath(event.path().uri());
    AwsProxyRequest request = new AwsProxyRequest();
    request.setRequestContext(context);
    request.setHttpMethod(event.method());
    request.setPath(event.path().inner());
    request.setMultiValueHeaders(event.headers());
    return request;
  }

  /** What takes the answer to this request. */
  EventResponse answered() {
    return answered;
  }

  /** Waits until an asynchronous answer is complete; returns at once when there is none. */
  void awaitAnswer() throws InterruptedException {
    if (async != null) {
      completed.await();
    }
  }

  @Override
  public String getRequestURI() {
    return event.path().uri();
  }

  @Override
  public String getContextPath() {
    return event.path().prefix();
  }

  @Override
  public String getPathInfo() {
    return PercentCoding.decode(event.path().inner());
  }

  @Override
  public @Nullable String getQueryString() {
    return event.query();
  }

  /** Those of the query, once they are asked for; the gateway reads the query by itself. */
  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : event.query() == null ? new String[0] : event.query().split("&")) {
      String[] parts = pair.replace('+', ' ').split("=", 2);
      values
          .computeIfAbsent(PercentCoding.decode(parts[0]), name -> new ArrayList<>())
          .add(parts.length < 2 ? "" : PercentCoding.decode(parts[1]));
    }
    Map<String, String[]> parameters = new LinkedHashMap<>();
    values.forEach((name, list) -> parameters.put(name, list.toArray(new String[0])));
    return parameters;
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return getParameterMap().get(name);
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = getParameterValues(name);
    return values == null ? null : values[0];
  }

  @Override
  public StringBuffer getRequestURL() {
    return new StringBuffer(getScheme() + "://" + getServerName() + event.path().uri());
  }

  @Override
  public String getServerName() {
    String host = event.headers().getFirst("Host");
    return host == null ? event.source().host() : host.replaceFirst(":\\d+$", "");
  }

  @Override
  public @Nullable String getHeader(String name) {
    return event.headers().getFirst(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    List<String> values = event.headers().get(name);
    return Collections.enumeration(values == null ? List.of() : values);
  }

  @Override
  public Cookie[] getCookies() {
    String header = getHeader("Cookie");
    return header == null ? new Cookie[0] : parseCookieHeaderValue(header);
  }

  @Override
  public int getContentLength() {
    return event.body().length;
  }

  @Override
  public long getContentLengthLong() {
    return event.body().length;
  }

  @Override
  public ServletInputStream getInputStream() {
    if (body == null) {
      body = new AwsServletInputStream(new ByteArrayInputStream(event.body()));
    }
    return body;
  }

  @Override
  public BufferedReader getReader() {
    String charset = getCharacterEncoding();
    return new BufferedReader(
        new InputStreamReader(
            getInputStream(), charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset)));
  }

  @Override
  public String getRemoteAddr() {
    return event.source().address();
  }

  @Override
  public String getRemoteHost() {
    return event.source().address();
  }

  @Override
  public int getRemotePort() {
    return 0;
  }

  @Override
  public @Nullable String getRemoteUser() {
    String name = event.source().caller().name();
    return name.isEmpty() ? null : name;
  }

  @Override
  public Locale getLocale() {
    return getLocales().nextElement();
  }

  /** Not the library's, which fails on a weight that is none, such as {@code q=0.)}. */
  @Override
  public Enumeration<Locale> getLocales() {
    List<Locale> wanted = languages(getHeader("Accept-Language"));
    return Collections.enumeration(wanted.isEmpty() ? List.of(Locale.getDefault()) : wanted);
  }

  private static List<Locale> languages(@Nullable String header) {
    try {
      return Locale.LanguageRange.parse(header == null ? "" : header).stream()
          .filter(range -> !range.getRange().startsWith("*"))
          .map(range -> Locale.forLanguageTag(range.getRange()))
          .toList();
    } catch (IllegalArgumentException malformed) {
      return List.of();
    }
  }

  @Override
  public boolean isAsyncStarted() {
    return async != null && !async.isCompleted();
  }

  @Override
  public AsyncContext startAsync() {
    return startAsync(this, response);
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse answer) {
    AwsAsyncContext started =
        new AwsAsyncContext((HttpServletRequest) request, (HttpServletResponse) answer) {
          @Override
          public void complete() {
            try {
              super.complete();
            } finally {
              completed.countDown();
            }
          }
        };
    async = started;
    return started;
  }

  @Override
  public AsyncContext getAsyncContext() {
    if (async == null) {
      throw new IllegalStateException("the request is not asynchronous");
    }
    return async;
  }
}
