package com.example.bot;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The calls of the chat's plugin. */
@ApplicationPath("/chat")
public class BotApplication extends Application {}
