import "./kept.js";
import "./keys.js";
import "./menus.js";
import "./rail.js";
import "./theme.js";
