import "./keys.js";
import "./menus.js";
import "./theme.js";
