package io.github.qqoauth2.conversation.frontend;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.RegisteringSite;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the table of {@code docs/accounts.md}: which login proves the account, for how
 * long and for what.
 */
@Tag("T-59")
public abstract class AbstractProofTable extends AbstractFrontEndVisit {

	/** A kind of login whose row requires the password in the request. */
	protected static final String WITH_PASSWORD = "in any of these ways, and the request has the password";

	private static final String HEADER = "| the user is signed in | last login | link, confirm | move | unlink |";

	protected AbstractProofTable(Application application) {
		super(application);
	}

	/**
	 * The ways to sign alice in, for each kind of login that this site has.
	 */
	protected abstract Map<String, List<Runnable>> logins();

	static List<Row> rows() throws IOException {
		List<Row> rows = new ArrayList<>();
		List<String> lines = Files.readAllLines(ApiDocument.file("accounts.md"));
		int header = lines.indexOf(HEADER);
		assertThat(header).as("the table of docs/accounts.md").isPositive();
		for (String line : lines.subList(header + 2, lines.size())) {
			if (!line.startsWith("| ")) {
				break;
			}
			List<String> cells = Arrays.stream(line.split("\\|")).map(String::trim).toList();
			rows.add(new Row(cells.get(1), cells.get(2), Action.LINK, allowed(cells.get(3))));
			rows.add(new Row(cells.get(1), cells.get(2), Action.MOVE, allowed(cells.get(4))));
			rows.add(new Row(cells.get(1), cells.get(2), Action.UNLINK, allowed(cells.get(5))));
		}
		return rows;
	}

	private static boolean allowed(String cell) {
		assertThat(cell).isIn("allowed", "proof required");
		return cell.equals("allowed");
	}

	@Test
	void tableWhenReadThenHasEachLoginOfThisSite() throws IOException {
		assertThat(rows().stream().map(Row::login)).containsAll(logins().keySet());
	}

	@ParameterizedTest
	@MethodSource("rows")
	void changeWhenLoginIsOfThisKindAndAgeThenAsInTheTable(Row row) {
		for (Runnable login : logins().getOrDefault(row.login(), List.of())) {
			reset();
			this.frontEnd.browser().cookies().keySet().forEach(this.frontEnd.browser()::removeCookie);
			this.frontEnd.token(null);
			prepare(row);
			login.run();
			if (row.age().equals("longer ago") || row.login().equals(WITH_PASSWORD)) {
				this.application.ageLogins();
			}
			check(row);
		}
	}

	/**
	 * Binds one of alice's identities, or registers an account that could lose one.
	 */
	private void prepare(Row row) {
		members(true);
		if (row.action() == Action.UNLINK || row.login().contains("by QQ")) {
			givenBinding(QqPerson.PANDA, "alice");
		}
		members(false);
		if (row.action() == Action.MOVE) {
			new FrontEnd(this.application, qq).qqLogin(QqPerson.XIAO_MING);
		}
	}

	private void members(boolean reject) {
		this.application.beans(RegisteringSite.Members.class).forEach((members) -> members.rejectUsernames(reject));
	}

	private void check(Row row) {
		boolean password = row.login().equals(WITH_PASSWORD);
		Map<String, Object> body = new LinkedHashMap<>(password ? Map.of("password", "alice-password") : Map.of());
		Map<String, Object> question;
		String path = FrontEnd.ACCOUNT;
		if (row.action() == Action.UNLINK) {
			path = "account/qq/unlink";
			question = this.frontEnd.get(FrontEnd.ACCOUNT).object("unlink");
		}
		else {
			question = this.frontEnd.link(QqPerson.XIAO_MING, "/").object("pending");
			body.put("binding", Objects.requireNonNull(question.get("binding")));
			assertThat(question.containsKey("from")).isEqualTo(row.action() == Action.MOVE);
			if (question.containsKey("from")) {
				body.put("from", question.get("from"));
			}
		}
		assertThat(question).containsEntry("proofRequired", !row.allowed() || password);
		Map<String, String> before = this.application.bindings();
		FrontEnd.Answer answer = this.frontEnd.post(path, body);
		if (!row.allowed()) {
			assertProblem(answer, 403, "proof-required");
			assertThat(this.application.bindings()).isEqualTo(before);
		}
		else if (row.action() != Action.UNLINK && before.containsKey("alice")) {
			assertProblem(answer, 409, "other-qq");
		}
		else {
			assertThat(answer.status()).isEqualTo(200);
			assertThat(this.application.bindings().containsKey("alice")).isEqualTo(row.action() != Action.UNLINK);
		}
	}

	/**
	 * What the user wants to do.
	 */
	enum Action {

		LINK, MOVE, UNLINK

	}

	/**
	 * A cell of the table.
	 */
	record Row(String login, String age, Action action, boolean allowed) {

	}

}
