// Say at once that a file is too big, instead of after minutes of sending it.
for (const input of document.querySelectorAll("input[type=file][data-max-bytes]")) {
  const note = document.createElement("p");
  note.className = "error";
  note.setAttribute("role", "alert");
  input.after(note);
  input.addEventListener("change", () => {
    const tooBig = [...input.files].find((file) => file.size > Number(input.dataset.maxBytes));
    note.textContent = tooBig ? input.dataset.tooLarge.replace("%s", tooBig.name) : "";
    if (tooBig) input.value = "";
  });
}
