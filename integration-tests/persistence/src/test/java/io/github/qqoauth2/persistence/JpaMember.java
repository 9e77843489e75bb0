package io.github.qqoauth2.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * A member that is stored with JPA.
 */
@Entity
@Table(name = "jpa_member")
class JpaMember {

	@Id
	@Column(name = "name")
	private String name = "";

	@Column(name = "password")
	private String password = "";

	JpaMember() {
	}

	JpaMember(String name, String password) {
		this.name = name;
		this.password = password;
	}

	String getName() {
		return this.name;
	}

	String getPassword() {
		return this.password;
	}

}
