// On a narrow screen the stages are a line to be pushed sideways: begin at the present one.
const present = document.querySelector(".rail .present");
const line = present?.closest(".line");
if (line && line.scrollWidth > line.clientWidth) {
  present.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });
}
