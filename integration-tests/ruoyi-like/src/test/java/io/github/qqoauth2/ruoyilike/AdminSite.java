package io.github.qqoauth2.ruoyilike;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application for administrators, with a front end that calls it with tokens.
 */
@SpringBootApplication(proxyBeanMethods = false)
class AdminSite {

}
