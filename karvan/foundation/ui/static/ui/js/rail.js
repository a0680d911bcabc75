// On a narrow screen the stages are a line to be pushed sideways: begin at the present one.
const present = document.querySelector(".rail .present");
const stages = present?.closest(".stages");
if (stages && stages.scrollWidth > stages.clientWidth) {
  present.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });
}
