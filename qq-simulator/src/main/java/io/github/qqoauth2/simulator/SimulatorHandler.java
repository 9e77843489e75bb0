package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Records each request and sends the queued reply or the endpoint's own one.
 */
final class SimulatorHandler extends Handler.Abstract {

	private static final int MAX_BODY = 64 * 1024;

	private final Traffic traffic;

	private final Endpoints endpoints;

	private final Panel panel;

	SimulatorHandler(Traffic traffic, Endpoints endpoints, Panel panel) {
		this.traffic = traffic;
		this.endpoints = endpoints;
		this.panel = panel;
	}

	@Override
	public boolean handle(Request request, Response response, Callback callback) throws IOException {
		String path = request.getHttpURI().getPath();
		if (Panel.isAt(path)) {
			this.panel.answer(new PanelRequest(request.getMethod(), path, request.getHeaders(), parameters(request)),
					response, callback);
			return true;
		}
		QqEndpoint endpoint = QqEndpoint.at(path);
		if (endpoint == null) {
			Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
			return true;
		}
		QqRequest recorded = recorded(endpoint, request);
		this.traffic.record(recorded);
		QqReply reply = reply(recorded);
		new ReplyWriter(reply, recorded, request, response, callback).start();
		return true;
	}

	private QqReply reply(QqRequest request) {
		@Nullable QqReply queued = this.traffic.nextReply(request.endpoint());
		return (queued != null) ? queued.over(this.endpoints::answer, request) : this.endpoints.answer(request);
	}

	private static QqRequest recorded(QqEndpoint endpoint, Request request) throws IOException {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		for (HttpField field : request.getHeaders()) {
			headers.computeIfAbsent(field.getLowerCaseName(), (name) -> new ArrayList<>()).add(field.getValue());
		}
		@Nullable String query = request.getHttpURI().getQuery();
		return new QqRequest(endpoint, request.getMethod(), (query != null) ? query : "", headers, body(request));
	}

	private static Map<String, List<String>> parameters(Request request) throws IOException {
		return FormText.parse(body(request));
	}

	private static String body(Request request) throws IOException {
		try (InputStream body = Content.Source.asInputStream(request)) {
			return new String(body.readNBytes(MAX_BODY), StandardCharsets.UTF_8);
		}
	}

}
